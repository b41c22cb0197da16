"""Real servers under real load: what the tests of whole systems have in common.
SPDX-License-Identifier: GPL-3.0-or-later

Independent witnesses: the load generator for throughput, latency, errors and
requests in flight (from intended start to last byte), the kernel for CPU time.
"""
import json
import os
import signal
import subprocess
import threading
import time

TOLERANCE = 0.10
INTERVAL = '100ms'
TICKS = os.sysconf('SC_CLK_TCK')

# Cores that others used while we measured, as in the rules for load blocks.
FOREIGN_CORES = 0.15


def cpu_seconds(pid):
    """CPU time of a process, or 0 when it is gone."""
    try:
        with open(f'/proc/{pid}/stat', encoding='utf-8') as stat:
            fields = stat.read().rsplit(')', 1)[1].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS


class Others:
    """How many cores others use, from its creation on: neither the servers @pids, nor this
    program and what it has waited for."""

    def __init__(self, pids):
        self.pids = pids
        self.began = time.monotonic()
        self.before = self._seconds()

    def _seconds(self):
        with open('/proc/stat', encoding='utf-8') as stat:
            fields = [int(field) for field in stat.readline().split()[1:9]]
        # All but the fourth and the fifth: idle, and waiting for a disk.
        machine = (sum(fields) - fields[3] - fields[4]) / TICKS
        return machine - sum(os.times()[:4]) - sum(map(cpu_seconds, self.pids))

    def cores(self):
        return (self._seconds() - self.before) / (time.monotonic() - self.began)


def end(process):
    """SIGTERM, and SIGKILL for who does not hear it."""
    process.send_signal(signal.SIGTERM)
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Watch(threading.Thread):
    """`steelyard-cli watch --json`, its lines kept."""

    def __init__(self, cli, urls, interval=INTERVAL):
        super().__init__(daemon=True)
        self.lines = []
        self.process = subprocess.Popen([cli, 'watch', '--json', '--interval', interval] + urls,
                                        stdout=subprocess.PIPE, text=True)
        self.start()

    def run(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def stop(self):
        if self.process.poll() is None:
            end(self.process)
        self.join(5)

    def mean(self, letter, member, since, until):
        """Of a number, or of the estimate in [lower bound, estimate, upper bound]."""
        values = [line[member] for line in self.lines if line['backend'] == letter and since <= line['t'] <= until]
        values = [value[1] if isinstance(value, list) else value for value in values]
        values = [value for value in values if isinstance(value, (int, float))]
        return sum(values) / len(values) if values else None


def between(ticks, members, since, until):
    """Per second, how much the sum of some counters of the load generator grew from @since to @until."""
    inside = [tick for tick in ticks if since <= tick['t'] <= until]
    if len(inside) < 2:
        return None
    first, last = inside[0], inside[-1]
    return sum(last[member] - first[member] for member in members) / (last['t'] - first['t'])


def drive(cli, workload, rate, seconds, urls):
    """The summaries of one run, a dictionary for each URL, with its "ticks" in it."""
    out = subprocess.run([cli, 'drive', '--json', '--workload', workload, '--rate', str(rate), '--for', f'{seconds}s'] + urls,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    lines = list(map(json.loads, out.splitlines()))
    return [dict(summary, ticks=[line for line in lines if line['event'] == 'tick' and line['target'] == summary['target']])
            for summary in lines if summary['event'] == 'summary']


def disturbance(summary):
    """Why a run says nothing about the server, or None."""
    if summary['generator_limited']:
        return 'the load generator was late'
    if isinstance(summary['foreign_cores'], (int, float)) and summary['foreign_cores'] > FOREIGN_CORES:
        return f"others used {summary['foreign_cores']:.2f} cores"
    return None


class Comparison:
    """Lines of TAP about one run: figures read from inside and, say, seen from outside."""

    def __init__(self, other='seen from outside', tolerance=TOLERANCE):
        self.other = other
        self.tolerance = tolerance
        self.lines = []
        self.failed = 0
        self.largest = 0.0

    def _add(self, good, text, is_measured):
        self.failed += not good
        self.lines.append((good, text, is_measured))

    def check(self, what, good, detail):
        """What holds on a busy machine, too."""
        self._add(bool(good), f'{what}: {detail}', False)

    def measured(self, what, good, detail):
        """What others who use the machine may spoil, as they may a figure."""
        self._add(bool(good), f'{what}: {detail}', True)

    def figure(self, what, ours, theirs, absolute=0.0):
        if not isinstance(ours, (int, float)) or not isinstance(theirs, (int, float)):
            self._add(False, f'{what}: read {ours!r}, {self.other} {theirs!r}', True)
            return
        difference = abs(ours - theirs)
        good = difference <= max(self.tolerance * abs(theirs), absolute)
        if theirs and difference > absolute:
            self.largest = max(self.largest, difference / abs(theirs))
        ratio = f' {100 * (ours / theirs - 1):+.1f} %' if theirs else ''
        self._add(good, f'{what}: read {ours:.6g}, {self.other} {theirs:.6g}{ratio}', True)


def print_comparison(tap_number, comparison, skip=None):
    """Prints the lines; with @skip what was measured and failed is skipped for that reason. Returns the last number
    and the failures."""
    failed = 0
    for good, text, is_measured in comparison.lines:
        tap_number += 1
        if good:
            print(f'ok {tap_number} - {text}', flush=True)
        elif skip is not None and is_measured:
            print(f'ok {tap_number} - {text} # SKIP {skip}', flush=True)
        else:
            failed += 1
            print(f'not ok {tap_number} - {text}', flush=True)
    return tap_number, failed


def repeat_until_sure(measure, tries=3):
    """Runs measure() -> (comparisons, summaries) until it passes, or has failed in two undisturbed runs, at most @tries times.

    What a run of seconds gives is an estimate: at ten figures a system one is now and then off by
    chance. What is wrong is off each time.
    Returns the comparisons of the last run and, when fewer than two runs were undisturbed, why."""
    undisturbed = 0
    for attempt in range(tries):
        comparisons, summaries = measure()
        if not any(comparison.failed for comparison in comparisons):
            return comparisons, None
        why = next(filter(None, map(disturbance, summaries)), None)
        undisturbed += why is None
        if undisturbed == 2:
            return comparisons, None
        print(f"# run {attempt + 1} {'was disturbed: ' + why if why else 'is repeated'}", flush=True)
        for good, text, _ in (line for comparison in comparisons for line in comparison.lines):
            if not good:
                print(f'#   {text}', flush=True)
    return comparisons, why or 'the other runs were disturbed'
