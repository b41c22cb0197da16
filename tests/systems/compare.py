#!/usr/bin/python3
# compare.py CLI DATADIR CASE: the verdict on two real servers under real load.
# SPDX-License-Identifier: GPL-3.0-or-later
"""CASE is one of

same      two identical servers under one load: neither may be ahead
crossed   two identical servers at 100 and 400 requests/s, in turns: the moment
          does not compare, and at equal load they are equal; where others take cores
          away, at least neither is ahead
models    event loop against threads with much to compute, near the end of the one
          that carries less: the other is ahead, as the measured capacities say
real      the same with Node.js against Python

Prints TAP. Servers and load end with this program.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

from harness import FOREIGN_CORES, Others

EQUAL = ('practically-equal', 'too-close')
CLEAR = 1.3      # capacities that differ by less say nothing
# Of the smaller capacity: near its end the difference shows, but there a queue may
# drift for longer than the run, and a verdict that is withheld is right. Then less.
SHARES = (0.75, 0.6, 0.45)
# How the load ends when a server cannot keep up, whoever keeps it from that.
OVERLOADED = 'more than half of the requests failed'
COMPUTING = {
    'schema': 'steelyard.workload/1', 'id': 'computing', 'name': 'Much to compute',
    'use_case': 'three requests of ten compute for three milliseconds',
    'arrival': {'kind': 'poisson', 'rate': 100},
    'classes': [
        {'name': 'io', 'weight': 70, 'path': '/do/io?ms={io_ms}', 'io': {'kind': 'lognormal', 'median_ms': 10, 'sigma': 0.5}},
        {'name': 'cpu', 'weight': 30, 'path': '/do/cpu?ms={cpu_ms}', 'cpu': 3}],
    'slo': {'p95_ms': 100, 'error_share': 0.001}}


class Server:
    """A server process and the address it printed."""

    def __init__(self, name, argv):
        self.name = name
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith('listening on '):
            raise SystemExit(f'Bail out! {name} said {line!r}')
        self.url = line[len('listening on '):].rstrip('/')

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()


def model(cli, name):
    return Server(name, [cli, 'serve', '--model', name, '--port', '0'])


def start(cli, datadir, case):
    if case in ('same', 'crossed'):
        return [model(cli, 'event-loop'), model(cli, 'event-loop')]
    if case == 'models':
        return [model(cli, 'event-loop'), model(cli, 'threads')]
    return [Server('Node.js', ['node', os.path.join(datadir, 'reference', 'server.mjs'), '--port', '0', '--exit-with-parent']),
            Server('Python', ['/usr/bin/python3', os.path.join(datadir, 'reference', 'server.py'), '--port', '0',
                              '--exit-with-parent'])]


class Tap:
    def __init__(self, n):
        self.n = 0
        self.failed = 0
        print(f'1..{n}', flush=True)

    def skip(self, what, why):
        self.n += 1
        print(f'ok {self.n} - {what} # SKIP {why}', flush=True)

    def check(self, what, good, detail):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {what}: {detail}", flush=True)


class Stopped(Exception):
    """There is no report, or the program crashed; says why."""

    def __init__(self, why, is_overload):
        super().__init__(why)
        self.is_overload = is_overload


def compare(cli, servers, *more):
    """The exit status and the report."""
    done = subprocess.run([cli, 'compare', '--json', *more] + [s.url for s in servers],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if not done.stdout or done.returncode < 0:
        raise Stopped(f'compare ended with {done.returncode}: ' + ' / '.join(done.stderr.splitlines()),
                      done.returncode > 0 and OVERLOADED in done.stderr)
    return done.returncode, json.loads(done.stdout)


def describe(report):
    verdict = report['measured_verdict']
    effect = verdict['effect']
    return f"{verdict['detail']}, {effect['ratio']} {effect['interval']} over {effect['windows']} windows; " \
           f"at equal load {verdict['at_equal_load']['detail']}"


def run_same(cli, servers, tap):
    others = Others([server.process.pid for server in servers])
    status, report = compare(cli, servers, '--load', 'mixed', '--rate', '100', '--for', '45s')
    state = report['measured_verdict']['detail']
    withheld = [g for g in report['gates'] if g['code'] == 'R-GENERATOR' and not g['ok']]
    if withheld and others.cores() > FOREIGN_CORES:
        for _ in range(3):
            tap.skip('two that are the same', f"others were in the way: {withheld[0]['message']}, {withheld[0]['evidence']}")
        return
    tap.check('neither of two that are the same is ahead', state in EQUAL, describe(report))
    tap.check('a verdict was reached', status == 0, f'exit status {status}')
    tap.check('both were offered the same', all(g['ok'] for g in report['gates'] if g['code'] == 'R-LOAD'), 'R-LOAD')


def drive(cli, server, rates, seconds):
    return subprocess.Popen([cli, 'drive', '--json', '--workload', 'mixed', '--steps', ','.join(map(str, rates)),
                             '--for', f'{seconds}s', server.url], stdout=subprocess.DEVNULL)


def run_crossed(cli, servers, tap):
    others = Others([server.process.pid for server in servers])
    loads = [drive(cli, servers[0], (100, 400, 100, 400), 112), drive(cli, servers[1], (400, 100, 400, 100), 112)]
    status, report = compare(cli, servers, '--for', '105s', '--warm-up', '2s')
    for load in loads:
        load.terminate()
        load.wait()
    foreign = others.cores()
    verdict = report['measured_verdict']
    tap.check('the moment does not compare', verdict['state'] == 'REFUSED', describe(report))
    tap.check('because of the load', any(g['code'] == 'R-LOAD' and g['effect'] == 'refuse' for g in report['gates']), 'R-LOAD')
    equal = verdict['at_equal_load']
    if equal['detail'] == 'too-close' and foreign > FOREIGN_CORES:
        tap.skip('equal at equal load', f'others used {foreign:.2f} cores: {describe(report)}')
    else:
        tap.check('equal at equal load', equal['detail'] == 'practically-equal', describe(report))
    tap.check('windows of the same load say so', equal['basis'] == 'windows' and equal['windows'] >= 8
              and equal['interval'][0] < equal['ratio'] < equal['interval'][1], f"{equal['basis']}, {equal['windows']} pairs")
    tap.check('at both loads', equal['load'][0] < 130 and equal['load'][1] > 320, f"{equal['load']} requests/s")
    tap.check('in words', 'at equal load, ' in report['verdict']['headline'], report['verdict']['headline'])
    tap.check('the exit status says so', status == 4, f'exit status {status}')


def capacity(cli, server, workload):
    """Answered requests per second when offered more than any can compute, and how many
    cores others used meanwhile; none where nobody knows.

    Shorter than the five failing seconds after which the load generator gives up; that most
    of it failed, as its exit status says, is what was wanted."""
    out = subprocess.run([cli, 'drive', '--json', '--workload', workload, '--rate', '2500', '--for', '3s', '--timeout', '2s',
                          '--connections', '64',
                          server.url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
    summary = [line for line in map(json.loads, out.splitlines()) if line['event'] == 'summary'][0]
    # What is not known is the text "NaN".
    foreign = summary['foreign_cores'] if isinstance(summary['foreign_cores'], (int, float)) else 0.0
    return summary['throughput'], foreign


def is_too_coarse(report):
    """Whether the windows tell them apart and only the buckets do not: both percentiles lie in one."""
    verdict = report['measured_verdict']
    if verdict['detail'] != 'too-close':
        return False

    low, high = verdict['effect']['interval']
    return not low <= 1 <= high and any(gate['code'] == 'R-BUCKET' and not gate['ok'] for gate in report['gates'])


def compare_near_end(cli, servers, workload, least):
    """The rate, exit status and report of the highest load at which there is a verdict,
    or of the last that was tried."""
    for share in SHARES:
        rate = max(5, int(share * least))
        status, report = compare(cli, servers, '--load', workload, '--rate', str(rate), '--for', '45s')
        if report['measured_verdict']['detail'] != 'too-early' and not is_too_coarse(report):
            break
        withheld = [f"{gate['code']}: {gate.get('evidence')}" for gate in report['gates'] if not gate['ok']]
        print(f'# withheld at {rate} requests/s: {"; ".join(withheld)}', flush=True)
    return rate, status, report


def run_apart(cli, servers, tap):
    with tempfile.TemporaryDirectory() as folder:
        workload = os.path.join(folder, 'computing.json')
        with open(workload, 'w', encoding='utf-8') as file:
            json.dump(COMPUTING, file)
        # The best of two: others can only take away.
        runs = [capacity(cli, s, workload) for s in servers * 2]
        carried = [max(runs[i][0], runs[i + 2][0]) for i in range(2)]
        others = Others([server.process.pid for server in servers])
        try:
            rate, status, report = compare_near_end(cli, servers, workload, min(carried))
        except Stopped as why:
            compared = others.cores()
            is_served = all(server.process.poll() is None for server in servers)
            if not why.is_overload or not is_served or compared <= FOREIGN_CORES:
                raise
            for _ in range(3):
                tap.skip('who carries more is ahead', f'others used {compared:.2f} cores: {why}')
            return
        compared = others.cores()

    # Who carries more is what these runs say.
    foreign = max([compared] + [run[1] for run in runs])

    def expect(what, good, detail, cores=foreign):
        """Where others take the cores away, only what holds is a result."""
        if not good and cores > FOREIGN_CORES:
            tap.skip(what, f'others used {cores:.2f} cores: {detail}')
        else:
            tap.check(what, good, detail)

    state = report['measured_verdict']['detail']
    print(f'# {servers[0].name} carries {carried[0]:.0f}, {servers[1].name} {carried[1]:.0f} requests/s; compared at {rate}')
    better = {'a-ahead': carried[0] / carried[1], 'b-ahead': carried[1] / carried[0]}.get(state, 1)
    expect('a verdict was reached', status == 0, describe(report), compared)
    expect('who is ahead does not carry clearly less', better > 1 / CLEAR, f'{state}, {better:.2f} times the other')

    expected = 'a-ahead' if carried[0] > carried[1] else 'b-ahead'
    if max(carried) / min(carried) < CLEAR:
        tap.skip('who carries more is ahead', f'{carried[0]:.0f} and {carried[1]:.0f} requests/s do not tell them apart')
    elif is_too_coarse(report):
        tap.skip('who carries more is ahead', f'both percentiles lie in one bucket at every load tried: {describe(report)}')
    else:
        expect('who carries more is ahead', state == expected, describe(report))


def main():
    cli, datadir, case = sys.argv[1:4]
    if case == 'real' and not shutil.which('node'):
        print('1..0 # SKIP node is not installed')
        return 0

    cases = {'same': (run_same, 3), 'crossed': (run_crossed, 7), 'models': (run_apart, 3), 'real': (run_apart, 3)}
    run, n = cases[case]
    servers = start(cli, datadir, case)
    tap = Tap(n)
    try:
        run(cli, servers, tap)
    except Stopped as why:
        print(f'Bail out! {why}')
        return 1
    finally:
        for server in servers:
            server.stop()

    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
