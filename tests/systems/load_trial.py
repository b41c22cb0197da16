"""A whole load trial on the two reference servers: `compare --protocol quick`.
SPDX-License-Identifier: GPL-3.0-or-later

usage: load_trial.py CLI
On a machine where others compute, the verdict must be withheld and say why.
"""
import json
import subprocess
import sys

from harness import end

STATES = ('a-ahead', 'b-ahead', 'practically-equal', 'too-close', 'too-early', 'not-comparable')


def serve(cli, model):
    process = subprocess.Popen([cli, 'serve', '--model', model, '--port', '0'],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().split()[-1]


def is_number(value):
    return isinstance(value, (int, float))


def check_report(status, report):
    """Pairs of what is checked and whether it holds."""
    run = report['load_run']
    blocks = [step for step in run['steps'] if step['phase'] == 'block']
    ramp = [step for step in run['steps'] if step['phase'] == 'ramp']
    counted = [step for step in blocks if not step['disturbed'] and not step['generator_limited']]
    level = run['levels'][0]
    state = report['measured_verdict']['detail']
    given = state in STATES[:4]

    yield 'the report is a decision', report['schema'] == 'steelyard.decision/1' and state in STATES
    yield 'the exit status is that of the verdict', status == (0 if given else 4)
    yield 'both were ramped up', {step['backend'] for step in ramp} == {'A', 'B'}
    yield 'a ramp rises by half', all(
        b['rate'] in (a['rate'], 1.5 * a['rate']) or abs(b['rate'] / a['rate'] - 1.5) < 1e-9
        for side in 'AB' for a, b in zip([s for s in ramp if s['backend'] == side], [s for s in ramp if s['backend'] == side][1:]))
    yield 'no step is answered more than it was asked', all(
        step['throughput'] <= 1.2 * step['rate'] + 10 for step in run['steps'])
    yield 'the backends say what they carried', all(is_number(step['cpu_cores']) for step in run['steps'][-4:])
    yield 'only what counts is compared', level['pairs'] <= len(counted) // 2
    yield 'a verdict has an interval, and none has a reason', (
        is_number(level['ratio']) and level['pairs'] >= 5 if given else bool(report['measured_verdict']['against']))


def main():
    cli = sys.argv[1]
    servers = [serve(cli, model) for model in ('event-loop', 'threads')]
    try:
        done = subprocess.run([cli, 'compare', '--load', 'mixed', '--protocol', 'quick', '--json'] + [url for _, url in servers],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        for process, _ in servers:
            end(process)

    for line in done.stderr.splitlines():
        print('#', line)
    if not done.stdout:
        print('Bail out! there is no report')
        return 1

    report = json.loads(done.stdout)
    print('#', report['verdict']['headline'])
    checks = list(check_report(done.returncode, report))
    print(f'1..{len(checks)}')
    for number, (what, good) in enumerate(checks, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {what}")

    return 0 if all(good for _, good in checks) else 1


if __name__ == '__main__':
    sys.exit(main())
