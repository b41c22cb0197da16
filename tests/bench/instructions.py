#!/usr/bin/python3
"""Instructions and allocations a sample, which no other program on the machine disturbs.
SPDX-License-Identifier: GPL-3.0-or-later

usage: instructions.py BENCH-EXPOSITION

Runs each way some scrapes and some more under valgrind: what the others cost is the difference.
"""
import os
import re
import shutil
import subprocess
import sys

import results

FEW, MANY = 10, 60
COUNTS = {'callgrind': r'Collected : (\d+)', 'memcheck': r'total heap usage: ([\d,]+) allocs'}


def count(tool, bench, way, rounds):
    """What valgrind's @tool counts, and the samples of a scrape."""
    command = ['valgrind', f'--tool={tool}', '--log-fd=2']
    command += ['--callgrind-out-file=/dev/null'] if tool == 'callgrind' else ['--leak-check=no', '--undef-value-errors=no']
    done = subprocess.run(command + [bench, way, str(rounds)], env=dict(os.environ, G_SLICE='always-malloc'), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=True)
    return int(re.search(COUNTS[tool], done.stderr).group(1).replace(',', '')), int(done.stdout.split()[1])


def a_sample(tool, bench, way):
    few, samples = count(tool, bench, way, FEW)
    many, samples = count(tool, bench, way, MANY)
    return (many - few) / (MANY - FEW) / samples


def main():
    bench = sys.argv[1]
    result = results.Result('instructions')
    if shutil.which('valgrind') is None:
        for way in 'known', 'steady':
            result.absent(f'{way} scrape', 'instructions a sample', None, 'valgrind')
    else:
        result.add('first scrape', a_sample('callgrind', bench, 'first'), 'instructions a sample')
        result.add('known scrape', a_sample('callgrind', bench, 'known'), 'instructions a sample', at_most=620)
        result.add('steady scrape', a_sample('callgrind', bench, 'steady'), 'instructions a sample', at_most=300)
        result.add('known scrape, allocations', a_sample('memcheck', bench, 'known'), 'allocations a sample', at_most=0.1,
                   note='a few a scrape, none a sample')
        result.add('steady scrape, allocations', a_sample('memcheck', bench, 'steady'), 'allocations a sample', at_most=0.1,
                   note='a few a scrape, none a sample')
    result.finish()


main()
