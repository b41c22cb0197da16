#!/usr/bin/python3
# agreement.py CLI DATADIR KIND: what Steelyard reads from two real servers under real load
# must be what the load generator saw from outside. KIND is models or real.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts two servers, watches both, drives both with one schedule, and compares.

Prints TAP. A run that others disturbed is repeated; see harness.py.
"""
import os
import shutil
import subprocess
import sys
import time

from harness import Comparison, Watch, cpu_seconds, drive, end, print_comparison, repeat_until_sure

RATE = 200
SECONDS = 20
SETTLE_SECONDS = 4


class Server:
    """A server process and the address it printed."""

    def __init__(self, name, argv):
        self.name = name
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith('listening on '):
            raise SystemExit(f'Bail out! {name} said {line!r}')
        self.url = line[len('listening on '):].rstrip('/')


def start_servers(cli, datadir, kind):
    if kind == 'models':
        return [Server('event loop', [cli, 'serve', '--model', 'event-loop', '--port', '0']),
                Server('threads', [cli, 'serve', '--model', 'threads', '--port', '0'])]
    return [Server('Node.js', ['node', os.path.join(datadir, 'reference', 'server.mjs'), '--port', '0', '--exit-with-parent']),
            Server('Python', ['/usr/bin/python3', os.path.join(datadir, 'reference', 'server.py'), '--port', '0',
                              '--exit-with-parent'])]


def compare(name, letter, watch, summary, cpu, steady):
    result = Comparison()
    result.check(f'{name} answered everything', summary['answered'] == summary['sent'],
                 f"{summary['sent']} sent, {summary['answered']} answered")
    result.measured(f'{name} was sent everything', summary['dropped'] == 0, f"{summary['dropped']} dropped")
    result.figure(f'{name} throughput', watch.mean(letter, 'throughput', *steady), summary['throughput'])
    result.figure(f'{name} in flight', watch.mean(letter, 'in_flight', *steady), summary['in_flight_mean'])
    result.figure(f'{name} errors', watch.mean(letter, 'errors', *steady), summary['errors'] / SECONDS, 1e-9)
    result.figure(f'{name} p50', watch.mean(letter, 'p50', *steady), summary['p50'])
    result.figure(f'{name} p99', watch.mean(letter, 'p99', *steady), summary['p99'])
    result.figure(f'{name} CPU', watch.mean(letter, 'cpu_cores', *steady), cpu, 0.01)
    return result


def measure(cli, servers):
    urls = [server.url for server in servers]
    watch = Watch(cli, urls)
    try:
        time.sleep(1)
        before = [cpu_seconds(server.process.pid) for server in servers]
        began = time.time()
        summaries = drive(cli, 'mixed', RATE, SECONDS, urls)
        elapsed = time.time() - began
        cpu = [(cpu_seconds(server.process.pid) - b) / elapsed for server, b in zip(servers, before)]
    finally:
        watch.stop()

    steady = (began + SETTLE_SECONDS, began + SECONDS)
    return [compare(server.name, 'ab'[i], watch, summaries[i], cpu[i], steady)
            for i, server in enumerate(servers)], summaries


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
