"""The real window from outside: what is watched is recorded, survives a kill, and is played again.
SPDX-License-Identifier: GPL-3.0-or-later"""
import glob
import os

from atspi_driver import Atspi, Program, is_visible, main, name_of, wait_for, walk
from test_window import Backend


def recordings():
    return sorted(glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'steelyard', 'recordings', '*.steelyard')))


def choose(program, menu, item):
    """Presses an item of a menu by names."""
    if not program.press(menu):
        return False
    node = wait_for(lambda: next((n for n in walk(program.root)
                                  if n.get_role_name() == 'menu item' and name_of(n) == item and is_visible(n)), None))
    return node is not None and Atspi.Action.do_action(node, 0)


def menus(program):
    return [name_of(n) for n in walk(program.root) if name_of(n).startswith('Menu of 2')]


def kill_while_recording(checks, path, backend):
    program = Program([path, '--interval', '0.5', backend.url])
    checks.ok(wait_for(lambda: any('requests per second' in text for text in program.charts().values())),
              'a backend is watched')
    # The log has grown by some commits.
    checks.ok(wait_for(lambda: any(os.path.getsize(log) > 50000 for log in glob.glob(recordings()[0] + '-wal'))),
              'and recorded without being asked', recordings())
    program.process.kill()
    program.process.wait()


def continue_after_kill(checks, path):
    program = Program([path, '--interval', '0.5'])
    checks.ok(program.wait('^The recording from .* was interrupted at', exact=False), 'a killed program is told of')
    checks.ok(program.wait('kB · interrupted at', ('label',), exact=False),
              'and the first page lists what it left')
    checks.ok(program.press('Continue'), 'Continue can be pressed')
    checks.ok(wait_for(lambda: any('requests per second' in text for text in program.charts().values())),
              'the same backend is watched again')
    program.process.terminate()
    checks.ok(program.end() == 0, 'the end of a session ends it as it should')
    checks.ok(len(recordings()) == 1, 'it went on in the same recording', recordings())
    checks.ok(not os.path.exists(recordings()[0] + '-wal'), 'which is whole now', os.listdir(os.path.dirname(recordings()[0])))
    return program


def open_example(checks, path):
    """Without any recording of one's own, the first page has something to open."""
    program = Program([path])
    checks.ok(program.press('Two Servers Under One Load'), 'the first page offers an example')
    checks.ok(program.wait('Time in the Recording', ('slider',)) is not None, 'it opens as a recording')
    checks.ok(wait_for(lambda: any('requests per second' in text for text in program.charts().values())), 'and plays')
    program.process.terminate()
    checks.ok(program.end() == 0, 'it ends')
    checks.ok(recordings() == [], 'nothing was recorded', recordings())
    return program


def mark(checks, program):
    """By keyboard and by name: a mark is set, listed, removed, and put back."""
    program.key('ctrl+k')
    checks.ok(program.write('Text', 'seen from outside'), 'the mark can be given a text')
    checks.ok(program.press('Add'), 'Add can be pressed')
    checks.ok(program.wait('^Marked seen from outside, ', ('label',), exact=False), 'it is told')
    program.key('ctrl+shift+k')
    checks.ok(program.press('Remove seen from outside'), 'the list has it, with a button to remove it')
    checks.ok(program.wait('Removed seen from outside', ('label',), exact=False), 'that is told')
    checks.ok(program.press('Undo'), 'with an Undo')
    checks.ok(program.wait('Edit seen from outside') is not None, 'which puts it back into the list')
    program.key('Escape')


def replay(checks, path):
    program = Program([path])
    checks.ok(wait_for(lambda: len(menus(program)) >= 1), 'the first page lists it', menus(program))

    newest = menus(program)[0]
    checks.ok(choose(program, newest, 'Open'), 'Open can be chosen')
    slider = program.wait('Time in the Recording', ('slider',))
    checks.ok(slider is not None, 'a window with a slider of time opens')
    checks.ok(program.find('^Recording: ', ('label',), exact=False), 'it says that it is a recording')
    checks.ok(program.wait('2.* · 127.0.0.1:', ('label',), exact=False), 'and of whom')

    length = slider.get_maximum_value()
    checks.ok(length > 0.4, 'it has a length', length)
    slider.set_current_value(length)
    checks.ok(program.wait('end of the recording$', ('label',), exact=False),
              'the slider goes to the end')
    mark(checks, program)
    slider.set_current_value(0)
    checks.ok(program.wait('(· recorded|connecting…)$', ('label',), exact=False),
              'and back')
    checks.ok(program.press('Back to Live'), 'Back to Live can be pressed')
    checks.ok(wait_for(lambda: program.find('Time in the Recording') is None), 'the recording closes')

    deleted = os.path.basename(recordings()[0])
    checks.ok(choose(program, newest, 'Delete'), 'Delete can be chosen')
    checks.ok(wait_for(lambda: len(recordings()) == 0), f'{deleted} is gone', recordings())
    checks.ok(program.press('Undo'), 'Undo can be pressed')
    checks.ok(wait_for(lambda: len(recordings()) == 1), 'it is back', recordings())
    checks.ok(os.path.basename(recordings()[0]) == deleted, 'under its name', recordings())
    program.process.terminate()
    checks.ok(program.end() == 0, 'it ends')
    return program


def open_damaged(checks, path):
    damaged = os.path.join(os.environ['HOME'], 'torn.steelyard')
    with open(recordings()[0], 'rb') as whole, open(damaged, 'wb') as torn:
        torn.write(whole.read(30000))
    with open(damaged, 'rb') as file:
        before = file.read()

    program = Program([path, damaged])
    checks.ok(program.wait('“torn.steelyard” was not opened'), 'a damaged file is told of')
    checks.ok(program.find(f'{damaged}.*left as it is', ('label',), exact=False), 'where, and what to do')
    with open(damaged, 'rb') as file:
        checks.ok(file.read() == before, 'it is as it was')
    program.focus_window()
    program.key('ctrl+q')
    checks.ok(program.end() == 0, 'it ends')
    return program


def run(checks, path):
    program = open_example(checks, path)
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    backend = Backend(200)
    kill_while_recording(checks, path, backend)
    for act in (continue_after_kill, replay, open_damaged):
        program = act(checks, path)
        checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    backend.stop()


if __name__ == '__main__':
    main(run)
