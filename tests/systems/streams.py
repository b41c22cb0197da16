#!/usr/bin/python3
# streams.py CLI DATADIR KIND: what a server streams is what it says when it is polled.
# KIND is models or real.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches each server three ways at once (poll, server-sent events, WebSocket)
under load, and compares what is read. Prints TAP. A run that others disturbed
is repeated; see harness.py.
"""
import shutil
import sys
import time

from agreement import start_servers
from harness import Comparison, Watch, drive, end, print_comparison, repeat_until_sure

RATE = 100
SECONDS = 10
SETTLE_SECONDS = 3
WAYS = {'b': 'events', 'c': 'WebSocket'}

# A signal and the difference that is none. Requests in flight are looked at in
# different instants.
SIGNALS = [('throughput', 0.0), ('errors', 1e-9), ('in_flight', 1.0), ('cpu_cores', 0.02), ('rss', 0.0), ('p50', 0.002),
           ('p99', 0.002)]


def addresses(server):
    return [server.url + '/metrics',
            server.url + '/steelyard/v1/stream?interval=100',
            'ws' + server.url[len('http'):] + '/steelyard/v1/ws']


def compare(name, watch, window):
    result = Comparison('polled')
    for letter, way in WAYS.items():
        states = {line['state'] for line in watch.lines if line['backend'] == letter and line['t'] >= window[0]}
        result.check(f'{name} {way} is live throughout', states == {'live'}, ', '.join(sorted(states)))
        for signal, absolute in SIGNALS:
            result.figure(f'{name} {way} {signal}', watch.mean(letter, signal, *window), watch.mean('a', signal, *window),
                          absolute)
    return result


def measure(cli, servers):
    comparisons = []
    summaries = []
    for server in servers:
        watch = Watch(cli, addresses(server))
        try:
            time.sleep(1)
            began = time.time()
            summaries += drive(cli, 'mixed', RATE, SECONDS, [server.url])
        finally:
            watch.stop()
        comparisons.append(compare(server.name, watch, (began + SETTLE_SECONDS, began + SECONDS)))
    return comparisons, summaries


def main():
    cli, datadir, kind = sys.argv[1:4]
    if kind == 'real' and not shutil.which('node'):
        print('1..0 # SKIP node is not installed')
        return 0

    servers = start_servers(cli, datadir, kind)
    try:
        comparisons, why = repeat_until_sure(lambda: measure(cli, servers))
    finally:
        for server in servers:
            end(server.process)

    number = failed = 0
    print(f'1..{sum(len(comparison.lines) for comparison in comparisons)}')
    for comparison in comparisons:
        number, bad = print_comparison(number, comparison, why)
        failed += bad
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
