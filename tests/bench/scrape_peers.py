#!/usr/bin/python3
"""Watching servers, beside a Prometheus server that scrapes the same ones; and streams.
SPDX-License-Identifier: GPL-3.0-or-later

usage: scrape_peers.py BENCH-SCRAPE BENCH-SERVER

Processor time of the whole process: the fetch, the parser, and what each does with the samples.
Ours reads signals and keeps these; Prometheus stores every sample, so this compares two programs
that watch, not two that do the same.
"""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import peers
import results

ROUNDS = 3
SECONDS = 5
WARM_UP_S = 5
CONFIG = '''global:
  scrape_interval: {interval_ms}ms
  scrape_timeout: {interval_ms}ms
scrape_configs:
'''
JOB = '''  - job_name: "{i}"
    metrics_path: {path}/{i}
    static_configs:
      - targets: ["{host}"]
'''


class Server:
    """bench-server, for as long as it is used."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def read(self):
        return float(self.process.stdout.readline())

    def count(self):
        self.ask('count')
        return self.read()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def cpu_seconds(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as stat:
        fields = stat.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def resident_mib(pid):
    with open(f'/proc/{pid}/statm', encoding='ascii') as statm:
        return int(statm.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 1024 / 1024


def prometheus(server, path, targets, interval_ms):
    """{'us': of the whole process, a scrape, 'cores', 'mib'}, or None."""
    program = shutil.which('prometheus')
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + '/prometheus.yml', 'w', encoding='ascii') as config:
            config.write(CONFIG.format(interval_ms=interval_ms))
            for i in range(targets):
                config.write(JOB.format(i=i, path=path, host=server.url.removeprefix('http://')))
        process = subprocess.Popen([program, f'--config.file={folder}/prometheus.yml', f'--storage.tsdb.path={folder}/data',
                                    '--web.listen-address=127.0.0.1:0', '--log.level=error'], stderr=subprocess.DEVNULL)
        time.sleep(WARM_UP_S)
        before, scrapes = cpu_seconds(process.pid), server.count()
        time.sleep(SECONDS)
        seconds, scrapes = cpu_seconds(process.pid) - before, server.count() - scrapes
        found = {'us': seconds / scrapes * 1e6 if scrapes else None, 'cores': seconds / SECONDS, 'mib': resident_mib(process.pid)}
        process.send_signal(signal.SIGTERM)
        process.wait()
    return found if scrapes else None


def ours(program, address, targets, interval_ms):
    took = peers.numbers([program, address, str(targets), str(interval_ms), str(SECONDS)])
    scrapes, samples, process_us, worker_us, kib = took
    return {'us': process_us / scrapes, 'worker_us': worker_us / scrapes, 'worker_us_a_sample': worker_us / samples,
            'cores': process_us / SECONDS * 1e-6, 'mib': kib / 1024, 'samples': samples / SECONDS}


def in_turn(ways):
    """{name: {member: median}}; None for what is not there."""
    runs = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            runs[name].append(way())
    return {name: None if None in took else {member: statistics.median(run[member] for run in took) for member in took[0]}
            for name, took in runs.items()}


def main():
    scrape, server_program = sys.argv[1:]
    result = results.Result('scrape-peers')
    server = Server(server_program)

    took = in_turn({'ours': lambda: ours(scrape, server.url + '/scrape', 20, 100),
                    'theirs': lambda: prometheus(server, '/scrape', 20, 100)})
    mine, theirs = took['ours'], took['theirs']
    result.add('98 KB scrape: fetched, parsed and read', mine['worker_us'], 'us', at_most=220, note='of the worker')
    result.add('98 KB scrape: whole process', mine['us'], 'us')
    if theirs is None:
        result.absent('98 KB scrape: cheaper', 'x', 'Prometheus server', 'prometheus', at_least=8)
    else:
        result.add('98 KB scrape: cheaper', theirs['us'] / mine['us'], 'x', at_least=8, peer='Prometheus server',
                   note=f"{theirs['us']:.0f} us; it stores each sample")

    took = in_turn({'ours': lambda: ours(scrape, server.url + '/many', 100, 1000),
                    'theirs': lambda: prometheus(server, '/many', 100, 1000)})
    mine, theirs = took['ours'], took['theirs']
    result.add('100 endpoints of 1000 samples a second', mine['cores'] * 100, '% of a core', note=f"{mine['samples']:.0f} samples a second")
    result.add('100 endpoints: memory', mine['mib'], 'MiB')
    if theirs is None:
        result.absent('100 endpoints: cheaper', 'x', 'Prometheus server', 'prometheus')
        result.absent('100 endpoints: less memory', 'x', 'Prometheus server', 'prometheus')
    else:
        result.add('100 endpoints: cheaper', theirs['cores'] / mine['cores'], 'x', peer='Prometheus server')
        result.add('100 endpoints: less memory', theirs['mib'] / mine['mib'], 'x', peer='Prometheus server')

    events = in_turn({'ours': lambda: ours(scrape, server.url + '/events', 1, 0)})['ours']
    result.add('SSE: a sample, decoded and stored', events['worker_us_a_sample'], 'us', at_most=5, note='30 a message, 50 messages a second')
    result.add('SSE: a message of 30 samples', events['worker_us'], 'us')
    server.end()
    result.finish()


if __name__ == '__main__':
    main()
