"""Bodies read by prometheus_client, the Prometheus library for Python.
SPDX-License-Identifier: GPL-3.0-or-later

usage: client_parse.py ROUNDS BODY...
Prints nanoseconds of processor time a sample, and the samples of a body."""
import sys
import time

from prometheus_client.parser import text_string_to_metric_families


def parse(body):
    return sum(len(family.samples) for family in text_string_to_metric_families(body))


def main():
    rounds = int(sys.argv[1])
    bodies = []
    for path in sys.argv[2:]:
        with open(path, encoding='utf-8') as text:
            bodies.append(text.read())
    parse(bodies[0])
    start = time.process_time()
    samples = sum(parse(bodies[i % len(bodies)]) for i in range(rounds))
    print(f'{(time.process_time() - start) / samples * 1e9:.4f} {samples // rounds}')


main()
