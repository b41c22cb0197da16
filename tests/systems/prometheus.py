#!/usr/bin/python3
"""prometheus.py CLI PROM-PAST: a real Prometheus between us and two servers under load.

Debian's `prometheus` scrapes both reference servers every second; the same
servers are watched directly and through it. Its own histogram_quantile is asked
for the same window and instant as ours, and the charts' past is filled at once.
Prints TAP; skips where there is no prometheus.
"""
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

TOLERANCE = 0.05
RATE = 60
SECONDS = 40
WARM_UP_SECONDS = 20
PAST_MINUTES = 10


class Child:
    def __init__(self, argv, **more):
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Server(Child):
    """A reference server and the address it printed."""

    def __init__(self, cli, model):
        super().__init__([cli, 'serve', '--model', model, '--port', '0'])
        line = self.process.stdout.readline().strip()
        if not line.startswith('listening on '):
            raise SystemExit(f'Bail out! {model} said {line!r}')
        self.model = model
        self.url = line[len('listening on '):].rstrip('/')
        self.target = self.url.split('//', 1)[1]


class Prometheus(Child):
    def __init__(self, folder, servers):
        config = os.path.join(folder, 'prometheus.json')
        data = os.path.join(folder, 'data')
        backfill(folder, data)
        with open(config, 'w', encoding='utf-8') as out:  # JSON is YAML
            json.dump({'global': {'scrape_interval': '1s', 'scrape_timeout': '1s'},
                       'scrape_configs': [{'job_name': s.model, 'static_configs': [{'targets': [s.target]}]}
                                          for s in servers]}, out)
        self.port = free_port()
        self.url = f'http://127.0.0.1:{self.port}'
        super().__init__(['prometheus', f'--config.file={config}', f'--storage.tsdb.path={data}', '--log.level=error',
                          f'--web.listen-address=127.0.0.1:{self.port}', '--storage.tsdb.retention.time=10d'])
        for _ in range(200):
            try:
                urllib.request.urlopen(f'{self.url}/-/ready', timeout=1).read()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit('Bail out! prometheus does not get ready')

    def query(self, query, at):
        form = urllib.parse.urlencode({'query': query, 'time': f'{at:.3f}'}).encode()
        with urllib.request.urlopen(f'{self.url}/api/v1/query', form, timeout=10) as answer:
            return json.load(answer)['data']['result']

    def address(self, matchers):
        return f'prometheus+{self.url}/?match={{{matchers}}}'


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def backfill(folder, data):
    """Ten minutes of a service that answers 20 requests/s, all within 100 to 200 ms, as blocks."""
    text = os.path.join(folder, 'past.om')
    end = int(time.time()) - 5
    steps = list(range(end - PAST_MINUTES * 60, end + 1, 5))
    name = 'http_request_duration_seconds'
    with open(text, 'w', encoding='utf-8') as out:
        out.write(f'# TYPE {name} histogram\n')
        for le, share in (('0.1', 0), ('0.2', 1), ('+Inf', 1)):
            for t in steps:
                out.write(f'{name}_bucket{{job="past",le="{le}"}} {20 * share * (t - steps[0])} {t}\n')
        for t in steps:
            out.write(f'{name}_count{{job="past"}} {20 * (t - steps[0])} {t}\n')
        for t in steps:
            out.write(f'{name}_sum{{job="past"}} {3 * (t - steps[0])} {t}\n')
        out.write('# EOF\n')
    subprocess.run(['promtool', 'tsdb', 'create-blocks-from', 'openmetrics', text, data], check=True,
                   stdout=subprocess.DEVNULL)


class Tap:
    def __init__(self):
        self.n = 0
        self.failed = 0

    def ok(self, good, what):
        self.n += 1
        self.failed += not good
        print(f'{"ok" if good else "not ok"} {self.n} {what}', flush=True)

    def near(self, what, ours, theirs, tolerance=TOLERANCE, absolute=0.0):
        good = all(isinstance(v, (int, float)) and math.isfinite(v) for v in (ours, theirs)) \
            and abs(ours - theirs) <= max(tolerance * abs(theirs), absolute)
        self.ok(good, f'{what}: {ours} against {theirs}')


def mean(lines, letter, member, index=None):
    values = [line[member] if index is None else line[member][index] for line in lines if line['backend'] == letter]
    values = [v for v in values if isinstance(v, (int, float))]
    return sum(values) / len(values) if values else None


def watch(cli, addresses, duration):
    out = subprocess.run([cli, 'watch', '--json', '--for', duration] + addresses, stdout=subprocess.PIPE, text=True,
                         check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def compare(tap, servers, lines):
    """Letters a and b are asked through Prometheus, c and d directly."""
    for i, server in enumerate(servers):
        through, direct = 'ab'[i], 'cd'[i]
        for member in ('throughput', 'cpu_cores', 'rss'):
            tap.near(f'{server.model} {member}', mean(lines, through, member), mean(lines, direct, member), absolute=0.004)
        for member in ('p50', 'p99'):
            tap.near(f'{server.model} {member}', mean(lines, through, member, 1), mean(lines, direct, member, 1))
        tap.ok(all(line['reason'] is None for line in lines if line['backend'] == through), f'{server.model} without failures')


def read_past(helper, address):
    """The history that a new backend begins with: [milliseconds, p50, p99, requests/s]."""
    out = subprocess.run([helper, address], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [[int(line.split()[0])] + [float(v) for v in line.split()[1:]] for line in out.splitlines()]


def compare_quantiles(tap, helper, prometheus, server):
    """Every past p50 and p99 of ours is what the server's own histogram_quantile says of the same window."""
    past = read_past(helper, prometheus.address(f'job="{server.model}"'))[:-1]  # the last is of our own now
    buckets = (f'sum by(le)(increase(http_server_request_duration_seconds_bucket{{job="{server.model}",'
               'http_route!~"/metrics/?|/healthz|/steelyard/.*"}[WINDOW]))')
    checked = wrong = 0
    for milliseconds, p50, p99, _ in past[-8:]:
        for q, ours in ((0.5, p50), (0.99, p99)):
            results = prometheus.query(f'histogram_quantile({q},{buckets.replace("WINDOW", "5s")})', milliseconds / 1000)
            theirs = float(results[0]['value'][1]) if results else math.nan
            if math.isfinite(theirs):
                checked += 1
                wrong += not abs(ours - theirs) <= 1e-9 * abs(theirs)
                if not abs(ours - theirs) <= 1e-9 * abs(theirs):
                    print(f'# at {milliseconds}: {q}: {ours} against {theirs}')
    tap.ok(checked >= 4 and wrong == 0, f'{server.model}: {checked} quantiles equal to those of histogram_quantile, {wrong} not')


def check_past(tap, helper, prometheus):
    """Ten minutes are there at once, with the numbers that were written into them."""
    past = [row for row in read_past(helper, prometheus.address('job="past"')) if math.isfinite(row[3])]
    tap.ok(len(past) > 0 and past[-1][0] - past[0][0] > (PAST_MINUTES - 1) * 60e3,
           f'{len(past)} samples over {(past[-1][0] - past[0][0]) / 60e3 if past else 0:.1f} minutes')
    tap.near('requests/s of the past', sum(row[3] for row in past) / max(len(past), 1), 20)
    tap.near('p50 of the past', sum(row[1] for row in past) / max(len(past), 1), 0.15)


def main():
    cli, helper = sys.argv[1:3]
    if not (shutil.which('prometheus') and shutil.which('promtool')):
        print('1..0 # SKIP prometheus is not installed')
        return 0

    tap = Tap()
    children = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            servers = [Server(cli, 'event-loop'), Server(cli, 'threads')]
            children += servers
            prometheus = Prometheus(folder, servers)
            children.append(prometheus)
            load = subprocess.Popen([cli, 'drive', '--json', '--workload', 'mixed', '--rate', str(RATE), '--for', f'{SECONDS}s']
                                    + [s.url for s in servers], stdout=subprocess.DEVNULL)
            time.sleep(WARM_UP_SECONDS)
            lines = watch(cli, [prometheus.address(f'job="{s.model}"') for s in servers] + [s.url for s in servers], '16s')
            settled = lines[0]['t'] + 6
            compare(tap, servers, [line for line in lines if line['t'] >= settled])
            for server in servers:
                compare_quantiles(tap, helper, prometheus, server)
            check_past(tap, helper, prometheus)
            load.wait(60)
            print(f'1..{tap.n}')
        finally:
            for child in reversed(children):
                child.stop()

    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
