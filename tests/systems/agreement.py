#!/usr/bin/python3
# agreement.py CLI DATADIR KIND: what Steelyard reads from two real servers under real load
# must be what the load generator saw from outside. KIND is models or real.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts two servers, watches both, drives both with one schedule, and compares.

Independent witnesses: the load generator for throughput, latency, errors and
requests in flight (from intended start to last byte), the kernel for CPU time.
Prints TAP. A difference above TOLERANCE is a failure.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

TOLERANCE = 0.10
RATE = 200
SECONDS = 20
SETTLE_SECONDS = 4
INTERVAL = '100ms'
TICKS = os.sysconf('SC_CLK_TCK')


class Server:
    """A server process and the address it printed."""

    def __init__(self, name, argv):
        self.name = name
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith('listening on '):
            raise SystemExit(f'Bail out! {name} said {line!r}')
        self.url = line[len('listening on '):].rstrip('/')

    def cpu_seconds(self):
        with open(f'/proc/{self.process.pid}/stat') as stat:
            fields = stat.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()


def start_servers(cli, datadir, kind):
    if kind == 'models':
        return [Server('event loop', [cli, 'serve', '--model', 'event-loop', '--port', '0']),
                Server('threads', [cli, 'serve', '--model', 'threads', '--port', '0'])]
    return [Server('Node.js', ['node', os.path.join(datadir, 'reference', 'server.mjs'), '--port', '0', '--exit-with-parent']),
            Server('Python', ['/usr/bin/python3', os.path.join(datadir, 'reference', 'server.py'), '--port', '0',
                              '--exit-with-parent'])]


class Watch(threading.Thread):
    """`steelyard-cli watch --json`, its lines kept with the time they came."""

    def __init__(self, cli, servers):
        super().__init__(daemon=True)
        self.lines = []
        self.process = subprocess.Popen([cli, 'watch', '--json', '--interval', INTERVAL] + [s.url for s in servers],
                                        stdout=subprocess.PIPE, text=True)
        self.start()

    def run(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(5)
        self.join(5)

    def mean(self, letter, member, since, until):
        values = [line[member] for line in self.lines
                  if line['backend'] == letter and since <= line['t'] <= until and isinstance(line[member], (int, float))]
        return sum(values) / len(values) if values else None

    def mean_estimate(self, letter, member, since, until):
        """Of a percentile, which is [lower bound, estimate, upper bound]."""
        values = [line[member][1] for line in self.lines
                  if line['backend'] == letter and since <= line['t'] <= until and isinstance(line[member][1], (int, float))]
        return sum(values) / len(values) if values else None


def drive(cli, servers):
    out = subprocess.run([cli, 'drive', '--json', '--workload', 'mixed', '--rate', str(RATE), '--for', f'{SECONDS}s']
                         + [s.url for s in servers], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [line for line in map(json.loads, out.splitlines()) if line['event'] == 'summary']


def differs(ours, theirs, absolute):
    if ours is None or theirs is None or isinstance(ours, str):
        return True
    return abs(ours - theirs) > max(TOLERANCE * abs(theirs), absolute)


class Tap:
    def __init__(self):
        self.n = 0
        self.failed = 0

    def compare(self, what, ours, theirs, absolute=0.0):
        self.n += 1
        bad = differs(ours, theirs, absolute)
        self.failed += bad
        ratio = f'{100 * (ours / theirs - 1):+.1f} %' if not bad and theirs else ''
        print(f"{'not ok' if bad else 'ok'} {self.n} - {what}: read {ours!r}, seen from outside {theirs!r} {ratio}", flush=True)

    def check(self, what, good, detail):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {what}: {detail}", flush=True)


def compare(tap, name, letter, watch, summary, cpu, window):
    since, until = window
    steady = (since + SETTLE_SECONDS, until)
    tap.check(f'{name} answered everything', summary['answered'] == summary['sent'] and summary['dropped'] == 0,
              f"{summary['sent']} sent, {summary['answered']} answered, {summary['dropped']} dropped")
    tap.compare(f'{name} throughput', watch.mean(letter, 'throughput', *steady), summary['throughput'])
    tap.compare(f'{name} in flight', watch.mean(letter, 'in_flight', *steady), summary['in_flight_mean'])
    tap.compare(f'{name} errors', watch.mean(letter, 'errors', *steady), summary['errors'] / SECONDS, 1e-9)
    tap.compare(f'{name} p50', watch.mean_estimate(letter, 'p50', *steady), summary['p50'])
    tap.compare(f'{name} p99', watch.mean_estimate(letter, 'p99', *steady), summary['p99'])
    tap.compare(f'{name} CPU', watch.mean(letter, 'cpu_cores', *steady), cpu, 0.01)


def main():
    cli, datadir, kind = sys.argv[1:4]
    if kind == 'real' and not shutil.which('node'):
        print('1..0 # SKIP node is not installed')
        return 0

    tap = Tap()
    servers = start_servers(cli, datadir, kind)
    watch = None
    try:
        watch = Watch(cli, servers)
        time.sleep(1)
        before = [s.cpu_seconds() for s in servers]
        began = time.time()
        summaries = drive(cli, servers)
        ended = began + SECONDS
        cpu = [(s.cpu_seconds() - b) / (time.time() - began) for s, b in zip(servers, before)]
        watch.stop()
        print(f'1..{7 * len(servers)}')
        for i, server in enumerate(servers):
            compare(tap, server.name, 'ab'[i], watch, summaries[i], cpu[i], (began, ended))
    finally:
        if watch is not None and watch.process.poll() is None:
            watch.stop()
        for server in servers:
            server.stop()

    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
