#!/usr/bin/python3
"""What it takes to start, beside a bare libadwaita window. In a display.
SPDX-License-Identifier: GPL-3.0-or-later

usage: start.py STEELYARD BARE-WINDOW

From the start until nothing is left to do, so a little more than until the first frame: processor
time of the process, its private memory then, and instructions as callgrind counts them. Then what
it does while nobody wants anything.
"""
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import results

ROUNDS = 5
QUIET_S = 1.5       # so long without work is rest
QUIET_SHARE = 0.02  # of a core
MAX_S = 500  # valgrind, on a busy machine
IDLE_S = 5


def task_seconds(pid):
    """What the threads that live have worked."""
    total = 0
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/schedstat', encoding='ascii') as stat:
            total += int(stat.read().split()[0])
    return total * 1e-9


def is_waiting(pid):
    """Whether no thread would work if it were let."""
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/stat', encoding='utf-8', errors='replace') as stat:
            if stat.read().rsplit(')', 1)[1].split()[0] == 'R':
                return False
    return True


def wait_for_rest(process, quiet):
    """Until it has worked, and then not for @quiet seconds."""
    began = time.monotonic()
    before = task_seconds(process.pid)
    while time.monotonic() - began < MAX_S:
        time.sleep(quiet)
        after = task_seconds(process.pid)
        if after > 0.03 and after - before < QUIET_SHARE * quiet and is_waiting(process.pid):
            return
        before = after
    raise RuntimeError(f'{process.args[0]} does not come to rest')


def private_mib(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='ascii') as rollup:
        return sum(int(kib) for kib in re.findall(r'^Private_(?:Clean|Dirty): +(\d+) kB', rollup.read(), re.M)) / 1024


def environment(home):
    """A person who has never started it before."""
    return dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home, XDG_DATA_HOME=home)


def start(program, idle=0):
    """Seconds of processor time, MiB of private memory; and the share of a core while it is left
    alone for @idle seconds."""
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen([program], env=environment(home), stderr=subprocess.DEVNULL)
        wait_for_rest(process, QUIET_S)
        memory = private_mib(process.pid)
        before = task_seconds(process.pid)
        time.sleep(idle)
        share = (task_seconds(process.pid) - before) / idle if idle else None
        process.send_signal(signal.SIGTERM)
        usage = os.wait4(process.pid, 0)[2]
        process.returncode = 0
    return usage.ru_utime + usage.ru_stime, memory, share


def instructions(program):
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', program], env=environment(home),
                                   stderr=subprocess.PIPE, text=True)
        wait_for_rest(process, 3)
        process.send_signal(signal.SIGTERM)
        said = process.communicate()[1]
    return int(re.search(r'Collected : (\d+)', said).group(1))


def main():
    ours, bare = sys.argv[1:]
    result = results.Result('start')
    took = {ours: [], bare: []}
    idle = start(ours, IDLE_S)[2]  # the first reads from the disk
    start(bare)
    for _ in range(ROUNDS):
        for program, found in took.items():
            found.append(start(program))
    seconds, memory = ({program: statistics.median(run[i] for run in runs) for program, runs in took.items()} for i in (0, 1))
    peer = 'bare libadwaita window'
    result.add('until at rest: CPU', seconds[ours] * 1e3, 'ms')
    result.add('until at rest: CPU, of a bare window', seconds[ours] / seconds[bare], 'x', at_most=1.35, peer=peer)
    result.add('private memory', memory[ours], 'MiB')
    result.add('private memory, of a bare window', memory[ours] / memory[bare], 'x', at_most=1.5, peer=peer)
    result.add('left alone, nothing watched', idle * 100, '% of a core', at_most=0.1)
    if shutil.which('valgrind') is None:
        result.absent('instructions, of a bare window', 'x', peer, 'valgrind', at_most=1.25)
    else:
        counts = {program: instructions(program) for program in (ours, bare)}
        result.add('instructions', counts[ours] * 1e-6, 'million')
        result.add('instructions, of a bare window', counts[ours] / counts[bare], 'x', at_most=1.25, peer=peer)
    result.finish()


main()
