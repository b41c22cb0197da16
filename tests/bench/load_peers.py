#!/usr/bin/python3
"""What the load generator measures of a server that stood still for a second, and what it costs.
SPDX-License-Identifier: GPL-3.0-or-later

usage: load_peers.py BENCH-LOAD BENCH-SERVER

With a request every millisecond for ten seconds of which the server does nothing for F, the share
of requests that wait longer than x is (F - x) / 10 s: the true 99th percentile is F - 0.1 s. wrk asks
as many times as it gets answers, and so hardly asks while nobody answers.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading

import peers
import results
import scrape_peers

ROUNDS = 3
RATE = 1000
SECONDS = 10
STALL_AFTER_MS, STALL_MS = 4000, 1000
FULL_RATE = 5000
UNITS = {'us': 1e-6, 'ms': 1e-3, 's': 1.0}


def with_stall(server, measure):
    """What @measure finds of a server that stands still meanwhile, as a share of the truth."""
    stalls = []
    reader = threading.Thread(target=lambda: stalls.append(server.read()))
    server.ask(f'stall {STALL_AFTER_MS} {STALL_MS}')
    reader.start()
    p99 = measure()
    reader.join()
    return p99 / (stalls[0] - 0.01 * SECONDS)


def wrk(url, seconds):
    """The 99th percentile and the microseconds of processor time a request."""
    process = subprocess.Popen(['wrk', '-t1', '-c10', f'-d{seconds}s', '--latency', url + '/short'], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = 0
    number, unit = re.search(r'99%\s+([\d.]+)(us|ms|s)', said).groups()
    requests = int(re.search(r'(\d+) requests in', said).group(1))
    return float(number) * UNITS[unit], (usage.ru_utime + usage.ru_stime) / requests * 1e6


def main():
    load, server_program = sys.argv[1:]
    result = results.Result('load-peers')
    server = scrape_peers.Server(server_program)
    has_wrk = shutil.which('wrk') is not None

    def ours(rate, seconds):
        return peers.numbers([load, server.url, str(rate), str(seconds)])

    ways = {'ours': lambda: with_stall(server, lambda: ours(RATE, SECONDS)[0])}
    if has_wrk:
        ways['wrk'] = lambda: with_stall(server, lambda: wrk(server.url, SECONDS)[0])
    shares = results.interleave(ways, ROUNDS)
    result.add('server frozen 1 s: p99 off the truth', abs(shares['ours'] - 1) * 100, '%', at_most=2)
    if has_wrk:
        result.add('the same by wrk', abs(shares['wrk'] - 1) * 100, '%', peer='wrk')
    else:
        result.absent('the same by wrk', '%', 'wrk', 'wrk')

    fast, theirs = [], []
    for _ in range(ROUNDS):
        fast.append(ours(FULL_RATE, 5))
        if has_wrk:
            theirs.append(wrk(server.url, 5)[1])
    late, cost = (statistics.median(run[i] for run in fast) for i in (1, 2))
    result.add('5 000 requests/s: lateness, p99', late * 1e3, 'ms', at_most=1)
    result.add('5 000 requests/s: a request', cost, 'us')
    if has_wrk:
        result.add('a request, of wrk', cost / statistics.median(theirs), 'x', peer='wrk',
                   note=f'{statistics.median(theirs):.1f} us, as fast as it can, without a schedule')
    else:
        result.absent('a request, of wrk', 'x', 'wrk', 'wrk')
    server.end()
    result.finish()


main()
