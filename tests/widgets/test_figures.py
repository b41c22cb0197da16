"""Every chart and figure of the gallery, read back through the accessibility bus.
SPDX-License-Identifier: GPL-3.0-or-later

A real window: role, name and sentence as a screen reader gets them, and a plot
that a real pointer zooms by a drag and resets by a double click."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
from atspi_driver import Atspi, Program, main, name_of, wait_for, walk  # noqa: E402

# METER is a level bar on the bus: the balance.
ROLES = ('image', 'graphic', 'chart', 'drawing area', 'level bar', 'meter')

# Of each kind one, by its name, and what its sentence must hold.
KINDS = (
    ('Requests in flight', '445.3'), ('Throughput', '/s'), ('Replicas', '6 (3 – 7)'), ('Latency', 'p99'),
    ('CPU', 'cores'), ('Latency of all requests', 'p99'), ('p99 latency, Threads ÷ Event loop', '3.07'),
    ('Event loop', 'ms'), ('Verdict', ''), ('What moves the five-year cost', 'Peak traffic'),
    ('What speaks for each', 'Latency at the SLO'), ('Throughput by endpoint', '/orders'),
    ('Five-year cost of ownership', 'Year 1'), ('Saturation', '%'), ('Latency by quantile', 'p99.9'),
    ('Latency over throughput', 'Threads'), ('Latency distribution', 'Event loop'), ('Hosting per month', 'Threads'),
)

N_FIGURES = 30


def figures(program):
    return [node for node in walk(program.root) if node.get_role_name() in ROLES]


def is_complete(found):
    """A sentence follows its picture by up to a second."""
    return len(found) >= N_FIGURES and all(f.get_description() for f in found)


def check_all(checks, path):
    program = Program([path, '--all'])
    if not checks.ok(program.root, 'the gallery is on the accessibility bus'):
        return
    wait_for(lambda: is_complete(figures(program)), 90)
    told = [(name_of(f), f.get_role_name(), f.get_description()) for f in figures(program)]
    checks.ok(all(name and sentence for name, _, sentence in told), 'each has a name and a sentence',
              [entry for entry in told if not entry[0] or not entry[2]])
    for name, words in KINDS:
        said = [sentence for other, _, sentence in told if other == name]
        checks.ok(any(sentence and words in sentence for sentence in said), f'{name}: role, name and sentence', said or told)
    checks.ok(program.warnings() == [], 'no warning on standard error', program.warnings())
    program.process.terminate()
    program.process.wait()


def pointer(*steps):
    for step in steps:
        subprocess.run(['xdotool', *map(str, step)], check=True)


def item(program, name):
    return next((n for n in walk(program.root) if name_of(n).replace('_', '').startswith(name)), None)


def check_drag(checks, path):
    program = Program([path, '--page', 'ccdf'])
    window = program.focus_window()
    plot = wait_for(lambda: next((f for f in figures(program) if f.get_description() and
                                  f.get_state_set().contains(Atspi.StateType.VISIBLE) and name_of(f) == 'Latency distribution'), None))
    area = plot.get_extents(Atspi.CoordType.WINDOW)
    pointer(('mousemove', '--window', window, area.x + area.width // 3, area.y + area.height // 3), ('mousedown', 1))
    for step in range(1, 6):
        pointer(('mousemove', '--window', window, area.x + area.width // 3 + 20 * step, area.y + area.height // 3 + 10 * step))
    pointer(('mouseup', 1))
    program.key('shift+F10')
    checks.ok(wait_for(lambda: item(program, 'Show Everything'), 10), 'a drag zooms: its menu can show everything again')
    program.key('Escape')
    wait_for(lambda: item(program, 'Show as Table') is None, 5)
    pointer(('click', '--repeat', 2, '--delay', 60, 1))
    program.key('shift+F10')
    checks.ok(wait_for(lambda: item(program, 'Show as Table'), 10) and not item(program, 'Show Everything'),
              'a double click shows everything')
    checks.ok(program.warnings() == [], 'no warning on standard error', program.warnings())
    program.process.terminate()
    program.process.wait()


def run(checks, path):
    check_all(checks, path)
    check_drag(checks, path)


if __name__ == '__main__':
    main(run)
