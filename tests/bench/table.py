#!/usr/bin/python3
"""One table out of the results of many benchmarks, and what two runs differ by.
SPDX-License-Identifier: GPL-3.0-or-later

usage: table.py begin FOLDER REVISION
       table.py end FOLDER
       table.py show [--goals] FOLDER...
       table.py compare NAME BEFORE... -- NAME AFTER...

begin and end note machine, date and how busy it is, around what is measured. show
prints a table in Markdown; of several folders, which are rounds of the same,
each figure is the median; --goals leaves out what has none. compare prints each figure's median of both sides,
the ratio, and by how much the rounds of one side differ among themselves: a
change within that is noise.
"""
import datetime
import json
import os
import statistics
import sys
import time

import results

LOOK_S = 3          # so long for what others use
BUSY_CORES = 0.15   # as the load generator has it: more than that disturbs
TICKS = os.sysconf('SC_CLK_TCK')


def busy_seconds():
    """What all processors have worked."""
    with open('/proc/stat', encoding='ascii') as stat:
        fields = [int(field) for field in stat.readline().split()[1:9]]
    # All but the fourth and the fifth: idle, and waiting for a disk.
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def others_cores(seconds=LOOK_S):
    """Cores in use while we do nothing."""
    before = busy_seconds()
    time.sleep(seconds)
    return (busy_seconds() - before) / seconds


def machine_file(folder):
    return os.path.join(folder, 'machine.json')


def begin(folder, revision):
    with open('/proc/cpuinfo', encoding='utf-8') as cpuinfo:
        models = [line.split(':', 1)[1].strip() for line in cpuinfo if line.startswith('model name')]
    os.makedirs(folder, exist_ok=True)
    machine = {'date': datetime.date.today().isoformat(), 'revision': revision, 'cpu': models[0] if models else os.uname().machine,
               'cores': len(os.sched_getaffinity(0)), 'others': [others_cores()]}
    with open(machine_file(folder), 'w', encoding='utf-8') as out:
        json.dump(machine, out)


def end(folder):
    with open(machine_file(folder), encoding='utf-8') as text:
        machine = json.load(text)
    machine['others'].append(others_cores())
    with open(machine_file(folder), 'w', encoding='utf-8') as out:
        json.dump(machine, out)


def describe_machine(folder):
    """A sentence, or nothing when nobody noted it."""
    try:
        with open(machine_file(folder), encoding='utf-8') as text:
            machine = json.load(text)
    except FileNotFoundError:
        return None
    busy = 'busy with other things' if max(machine['others']) > BUSY_CORES else 'else idle'
    cores = ' and '.join(f'{cores:.2f}' for cores in machine['others'])
    return (f"{machine['date']}, {machine['revision']}, {machine['cores']} cores of {machine['cpu']}, {busy} "
            f'(others used {cores} cores before and after).')


def gather(folders):
    """{key: (the figure of the first folder that has it, its values in all)}."""
    found = {}
    for folder in folders:
        for key, figure in results.read_folder(folder).items():
            found.setdefault(key, (figure, []))
            if figure['value'] is not None:
                found[key][1].append(figure['value'])
    return found


def middle(values):
    return statistics.median(values) if values else None


def goal_of(figure):
    for key, sign in ('at_most', '≤'), ('at_least', '≥'):
        if key in figure:
            return f'{sign} {results.format_value(figure[key])}'
    return ''


def is_met(figure, value):
    """Of the median, which need not be any round's verdict; None without a goal or a value."""
    if value is None:
        return None
    if 'at_most' in figure:
        return value <= figure['at_most']
    if 'at_least' in figure:
        return value >= figure['at_least']
    return None


def print_table(head, rows):
    """In Markdown, and aligned for a terminal."""
    widths = [max(len(row[i]) for row in [head] + rows) for i in range(len(head))]
    for row in [head, ['-' * width for width in widths]] + rows:
        print('| ' + ' | '.join(cell.ljust(width) for cell, width in zip(row, widths)) + ' |')


def show(folders, goals_only=False):
    found = gather(folders)
    machine = describe_machine(folders[0])
    if machine:
        print(machine + '\n')
    rows = []
    counts = {True: 0, False: 0, None: 0}
    for (bench, name), (figure, values) in found.items():
        if goals_only and not goal_of(figure):
            continue
        value = middle(values)
        met = is_met(figure, value)
        counts[met] += 1
        rows.append([f'{bench}: {name}', f"{results.format_value(value)} {figure['unit']}", goal_of(figure),
                     {True: 'yes', False: '**no**', None: ''}[met], figure.get('peer', ''), figure.get('note', '')])
    print_table(['figure', 'measured', 'goal', 'met', 'against', 'note'], rows)
    print(f'\n{counts[True]} goals met, {counts[False]} not met, {counts[None]} figures without a goal or a value')
    return 0


def spread(values):
    """By how much the rounds differ, as a share of their median."""
    if len(values) < 2 or not middle(values):
        return 0.0
    return (max(values) - min(values)) / abs(middle(values))


def judge(before, after):
    """What a ratio is worth: the rounds of both sides must lie apart."""
    if min(after) > max(before) or max(after) < min(before):
        return 'differs'
    return 'noise'


def compare(before_name, before, after_name, after):
    old, new = gather(before), gather(after)
    rows = []
    for key in old:
        figure, old_values = old[key]
        new_values = new.get(key, (None, []))[1]
        if not old_values or not new_values:
            rows.append([': '.join(key), results.format_value(middle(old_values)), results.format_value(middle(new_values)),
                         figure['unit'], '', '', 'only one side has it'])
            continue
        old_middle, new_middle = middle(old_values), middle(new_values)
        ratio = f'{new_middle / old_middle:.3f}' if old_middle else ''
        noise = max(spread(old_values), spread(new_values))
        rows.append([': '.join(key), results.format_value(old_middle), results.format_value(new_middle), figure['unit'], ratio,
                     f'{noise * 100:.1f} %', judge(old_values, new_values)])
    for key in new:
        if key not in old:
            rows.append([': '.join(key), '–', results.format_value(middle(new[key][1])), new[key][0]['unit'], '', '',
                         'only one side has it'])
    print_table(['figure', before_name, after_name, 'unit', 'ratio', 'rounds differ by', ''], rows)
    print(f'\nMedians of {len(before)} and {len(after)} rounds, in turn. “differs”: every round of one side lies beyond every '
          'round of the other;\n“noise”: they overlap. A ratio nearer to 1 than “rounds differ by” says nothing.')
    return 0


def main(arguments):
    if len(arguments) == 3 and arguments[0] == 'begin':
        begin(arguments[1], arguments[2])
        return 0
    if len(arguments) == 2 and arguments[0] == 'end':
        end(arguments[1])
        return 0
    if len(arguments) >= 3 and arguments[:2] == ['show', '--goals']:
        return show(arguments[2:], goals_only=True)
    if len(arguments) >= 2 and arguments[0] == 'show':
        return show(arguments[1:])
    if arguments[:1] == ['compare'] and '--' in arguments:
        at = arguments.index('--')
        before, after = arguments[1:at], arguments[at + 1:]
        if len(before) >= 2 and len(after) >= 2:
            return compare(before[0], before[1:], after[0], after[1:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
