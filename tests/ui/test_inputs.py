"""Load, Cost and Decide by the keys of a keyboard alone, in the real window.
SPDX-License-Identifier: GPL-3.0-or-later

Nothing here sets a focus or a text through the bus: it only reads what was done."""
import re
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from atspi_driver import Focus, Program, main, wait_for, walk, name_of
from test_window import Backend

# The figures of a page are computed anew every two seconds; what is being typed must stand.
LONGER_THAN_A_REFRESH = 4.5


def names_around(node):
    """Of what has the focus and of the three things it is in."""
    names = []
    while node is not None and len(names) < 4:
        names.append(name_of(node).replace('_', ''))
        try:
            node = node.get_parent()
        except GLib.Error:
            node = None
    return names


def text_of(node):
    """What stands in an entry; its length must be given."""
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)) if node is not None else None


def tab_to(program, focus, pattern, keys='Tab', most=150):
    """Presses the key until what has the focus, or what it is in, has a name like that."""
    seen = []
    for _ in range(most):
        names = names_around(focus.after(lambda: program.key(keys)))
        seen.append(names)
        if re.search(pattern, '\n'.join(names), re.MULTILINE):
            return True
    print('#', [names[0] for names in seen if names], flush=True)
    return False


def shows(program, pattern, seconds=15):
    return wait_for(lambda: any(re.search(pattern, name_of(node)) for node in walk(program.root)), seconds)


def check_load(checks, program, focus):
    program.key('ctrl+Next')
    checks.ok(shows(program, 'Start Load'), 'Ctrl+Page Down leads to Load')
    checks.ok(tab_to(program, focus, '^Start Load$'), 'Tab leads to Start Load')
    program.key('space')
    checks.ok(shows(program, '^_?Stop$'), 'Space starts it')
    program.key('space')
    checks.ok(shows(program, '^Start Load$') and not program.find('Stop'), 'and Space again stops it')


def check_cost(checks, program, focus):
    program.key('ctrl+Next')
    checks.ok(shows(program, '^Peak traffic'), 'Ctrl+Page Down leads to Cost')
    checks.ok(tab_to(program, focus, '^Peak traffic'), 'Tab leads to a row of it')
    program.key('Return')
    checks.ok(shows(program, '^Peak traffic, in requests/s'), 'Enter opens it')
    checks.ok(tab_to(program, focus, '^Peak traffic, in requests/s'), 'Tab leads to its entry')
    program.type('30')
    time.sleep(LONGER_THAN_A_REFRESH)
    program.type('00')
    program.key('Return')
    checks.ok(shows(program, '3000.requests/s'), 'what was typed with a pause is stated by Enter')
    checks.ok(shows(program, r'stated on \d{4}-\d\d-\d\d'), 'with the day')
    checks.ok(tab_to(program, focus, '^Price of traffic out'), 'Tab leads on to the price of traffic')
    program.key('Return')
    checks.ok(tab_to(program, focus, '^Price of traffic out, in '), 'and to its entry')
    program.key('ctrl+a')
    program.type('0.08')
    program.key('Return')
    checks.ok(shows(program, '0.08.USD a gigabyte'), 'a price is typed over that of the list')


def check_decide(checks, program, focus):
    program.key('ctrl+Next')
    checks.ok(shows(program, 'Say First What Matters'), 'Ctrl+Page Down leads to Decide')
    checks.ok(tab_to(program, focus, '^Start From$'), 'Tab leads to the use case')
    program.key('space')
    program.key('Down')
    program.key('Return')
    checks.ok(wait_for(lambda: not program.find('Say First What Matters'), 15), 'arrows and Enter choose one')


def check_reason(checks, program, focus):
    # The priorities have a row of that name, too.
    checks.ok(tab_to(program, focus, r'\ATeam and shared language\n(?!What Matters)'), 'Tab leads to what one judges')
    program.key('Return')
    checks.ok(tab_to(program, focus, r'\AWhy$'), 'and to the entry for the reason')
    program.type('six of eight know it')
    checks.ok(wait_for(lambda: 'six of eight' in (text_of(focus.node) or '')), 'which takes what is typed', text_of(focus.node))


def run(checks, path):
    a, b = Backend(200), Backend(150)
    program = Program([path, '--interval', '0.5', a.url, b.url])
    if not checks.ok(program.root, 'the program is on the accessibility bus'):
        return
    focus = Focus()
    program.focus_window()
    checks.ok(shows(program, '^Throughput of '), 'both are watched')
    check_load(checks, program, focus)
    check_cost(checks, program, focus)
    check_decide(checks, program, focus)
    check_reason(checks, program, focus)
    checks.ok(program.warnings() == [], 'no warning on standard error', program.warnings())
    focus.stop()
    program.key('ctrl+q')
    checks.ok(program.end() == 0, 'Ctrl+Q ends it')
    a.stop()
    b.stop()


if __name__ == '__main__':
    main(run)
