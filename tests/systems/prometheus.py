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

from harness import Comparison, print_comparison, repeat_until_sure

TOLERANCE = 0.05
RATE = 60
SECONDS = 40
WARM_UP_SECONDS = 20
PAST_MINUTES = 10
ROUND_TRIP_MS = 20


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

    def query_range(self, query, start, end, step):
        form = urllib.parse.urlencode({'query': query, 'start': f'{start:.3f}', 'end': f'{end:.3f}', 'step': step}).encode()
        with urllib.request.urlopen(f'{self.url}/api/v1/query_range', form, timeout=10) as answer:
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


def mean(lines, letter, member, index=None):
    values = [line[member] if index is None else line[member][index] for line in lines if line['backend'] == letter]
    values = [v for v in values if isinstance(v, (int, float))]
    return sum(values) / len(values) if values else None


def watch(cli, addresses, duration):
    out = subprocess.run([cli, 'watch', '--json', '--for', duration] + addresses, stdout=subprocess.PIPE, text=True,
                         check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def compare(server, through, direct, lines):
    """What the letter @through was read through Prometheus, and @direct from the server itself."""
    result = Comparison('directly', TOLERANCE)
    for member in ('throughput', 'cpu_cores', 'rss'):
        result.figure(f'{server.model} {member}', mean(lines, through, member), mean(lines, direct, member), absolute=0.004)
    for member in ('p50', 'p99'):
        result.figure(f'{server.model} {member}', mean(lines, through, member, 1), mean(lines, direct, member, 1))
    reasons = {line['reason'] for line in lines if line['backend'] == through} - {None}
    result.check(f'{server.model} without failures', not reasons, ', '.join(sorted(reasons)) or 'none')
    return result


def read_past(helper, address):
    """The history that a new backend begins with: [milliseconds, p50, p99, requests/s]."""
    out = subprocess.run([helper, address], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [[int(line.split()[0])] + [float(v) for v in line.split()[1:]] for line in out.splitlines()]


def theirs_around(prometheus, query, milliseconds):
    """What the server answers to @query at each millisecond of those that a sample placed at @milliseconds can mean.

    We know the server's clock to a round trip, and within one a scrape may have come."""
    results = prometheus.query_range(query, (milliseconds - ROUND_TRIP_MS) / 1000, (milliseconds + ROUND_TRIP_MS) / 1000, 0.001)
    return [float(value) for result in results for _, value in result['values']]


def compare_quantiles(helper, prometheus, server):
    """Every past p50 and p99 of ours is what the server's own histogram_quantile says of the same window."""
    result = Comparison('directly', TOLERANCE)
    past = read_past(helper, prometheus.address(f'job="{server.model}"'))
    buckets = (f'sum by(le)(increase(http_server_request_duration_seconds_bucket{{job="{server.model}",'
               'http_route!~"/metrics/?|/healthz|/steelyard/.*"}[5s]))')
    checked = 0
    wrong = []
    for milliseconds, p50, p99, _ in past[-8:]:
        for q, ours in ((0.5, p50), (0.99, p99)):
            theirs = [v for v in theirs_around(prometheus, f'histogram_quantile({q},{buckets})', milliseconds) if math.isfinite(v)]
            if theirs:
                checked += 1
                if not any(abs(ours - v) <= 1e-9 * v for v in theirs):  # also where ours is not known
                    wrong.append(f'p{100 * q:g} at {milliseconds} ms: {ours}, there {theirs[0]} to {theirs[-1]}')
    result.check(f'{server.model} quantiles', checked >= 4 and not wrong,
                 '; '.join(wrong) or f'{checked} equal to those of histogram_quantile')
    return result


def check_past(helper, prometheus):
    """Ten minutes are there at once, with the numbers that were written into them."""
    result = Comparison('written', TOLERANCE)
    past = [row for row in read_past(helper, prometheus.address('job="past"')) if math.isfinite(row[3])]
    minutes = (past[-1][0] - past[0][0]) / 60e3 if past else 0
    result.check('the past', minutes > PAST_MINUTES - 1, f'{len(past)} samples over {minutes:.1f} minutes')
    result.figure('requests/s of the past', sum(row[3] for row in past) / max(len(past), 1), 20)
    result.figure('p50 of the past', sum(row[1] for row in past) / max(len(past), 1), 0.15)
    return result


def measure(cli, helper, prometheus, servers):
    """Both servers under load, watched through Prometheus and directly at once."""
    load = subprocess.Popen([cli, 'drive', '--json', '--workload', 'mixed', '--rate', str(RATE), '--for', f'{SECONDS}s']
                            + [s.url for s in servers], stdout=subprocess.DEVNULL)
    try:
        time.sleep(WARM_UP_SECONDS)
        lines = watch(cli, [prometheus.address(f'job="{s.model}"') for s in servers] + [s.url for s in servers], '16s')
        settled = lines[0]['t'] + 6
        lines = [line for line in lines if line['t'] >= settled]
        return ([compare(server, 'ab'[i], 'cd'[i], lines) for i, server in enumerate(servers)]
                + [compare_quantiles(helper, prometheus, server) for server in servers]), []
    finally:
        load.wait(60)


def main():
    cli, helper = sys.argv[1:3]
    if not (shutil.which('prometheus') and shutil.which('promtool')):
        print('1..0 # SKIP prometheus is not installed')
        return 0

    children = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            servers = [Server(cli, 'event-loop'), Server(cli, 'threads')]
            children += servers
            prometheus = Prometheus(folder, servers)
            children.append(prometheus)
            comparisons, _ = repeat_until_sure(lambda: measure(cli, helper, prometheus, servers), tries=2)
            comparisons.append(check_past(helper, prometheus))
        finally:
            for child in reversed(children):
                child.stop()

    number = failed = 0
    print(f'1..{sum(len(comparison.lines) for comparison in comparisons)}')
    for comparison in comparisons:
        number, bad = print_comparison(number, comparison)
        failed += bad
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
