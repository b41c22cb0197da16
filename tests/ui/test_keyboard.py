"""The Live page by keyboard alone, read back through the accessibility bus.
SPDX-License-Identifier: GPL-3.0-or-later

No pointer: keys of xdotool, and what a screen reader would hear of them."""
import re
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from atspi_driver import Program, main, wait_for, walk, children, name_of  # noqa: E402
from test_window import Backend  # noqa: E402

ROWS = ('Requests in flight', 'Latency, p50 to p99 (log scale)', 'Throughput', 'Errors, share of answers',
        'Saturation', 'CPU', 'Memory', 'Cost at this load, per million requests')
IMAGES = ('image', 'graphic', 'chart', 'drawing area')


def chart(program, name):
    return program.find(name, IMAGES)


def says(program, name, pattern, seconds=10):
    """Waits until the description of a chart matches."""
    return wait_for(lambda: re.search(pattern, (chart(program, name).get_description() or '')), seconds)


def tab_to(program, name, keys='Tab'):
    """Tab until the chart of that name has the focus; nothing else moves it."""
    for _ in range(60):
        node = program.focused(IMAGES)
        if node is not None and name_of(node) == name:
            return True
        program.key(keys)
        time.sleep(0.05)
    return False


def check_every_chart(checks, program):
    charts = program.charts()
    for backend in ('Orders', 'Basket'):
        for row in ROWS:
            name = f'{row} of {backend}'
            sentence = wait_for(lambda: chart(program, name).get_description())
            checks.ok(name in charts and sentence, f'{name}: role, name and a sentence', charts.keys())
    checks.ok(says(program, 'Throughput of Orders', r'now [\d.,]+ requests per second, between .* and .* in the last'),
              'the sentence is written from the data', chart(program, 'Throughput of Orders').get_description())


def check_children(checks, program):
    lists = children(chart(program, f'{ROWS[1]} of Orders'))
    names = [name_of(item) for part in lists for item in children(part)]
    checks.ok(wait_for(lambda: [n for part in children(chart(program, f'{ROWS[1]} of Orders'))
                                for n in map(name_of, children(part)) if re.match(r'p99: [\d.,]+', n)]),
              'a chart has a child for each series, named by series and value', names)


def check_cursor(checks, program):
    name = f'{ROWS[1]} of Orders'
    heard = []
    listener = Atspi.EventListener.new(lambda event: heard.append(event.source.get_description()))
    listener.register('object:property-change:accessible-description')
    context = GLib.MainContext.default()

    def pump(question):
        def ask():
            while context.iteration(False):
                pass
            return question()
        return wait_for(ask)

    checks.ok(tab_to(program, name), 'Tab leads to the chart')
    program.key('Left')
    checks.ok(says(program, name, r'second.* ago: p50 .*, p99 '), 'Left reads every series at the cursor',
              chart(program, name).get_description())
    checks.ok(pump(lambda: any('ago: p50' in (text or '') for text in heard)), 'and the bus announces it', heard)
    program.key('Down')
    checks.ok(says(program, name, r'ago: p50 [^,]*$'), 'Down reads the first series alone', chart(program, name).get_description())
    program.key('Down')
    checks.ok(says(program, name, r'ago: p99 [^,]*$'), 'and then the second', chart(program, name).get_description())
    before = chart(program, name).get_description()
    time.sleep(1.5)
    checks.ok(chart(program, name).get_description() == before, 'an answer stands while new samples arrive')
    program.key('Escape')
    program.key('Escape')
    checks.ok(says(program, name, r'^now '), 'Escape gives the sentence back', chart(program, name).get_description())
    listener.deregister('object:property-change:accessible-description')


def check_ranges(checks, program):
    name = f'{ROWS[1]} of Orders'
    program.key('Left')
    for _ in range(3):
        program.key('shift+ctrl+Left')
    checks.ok(says(program, name, r's selected'), 'Shift selects a range', chart(program, name).get_description())
    program.key('p')
    checks.ok(says(program, name, r'a baseline of .* s is kept'), 'P keeps it as baseline', chart(program, name).get_description())
    program.key('p')
    program.key('shift+ctrl+Left')
    program.key('Return')
    checks.ok(program.wait('Continue'), 'Enter zooms to it: the picture stands still')
    program.key('0')
    checks.ok(program.wait('Pause the Picture'), '0 is live again')
    program.key('Escape')


def check_table(checks, program):
    program.key('t')
    checks.ok(program.wait('What Happened'), 'T shows the table')
    checks.ok(wait_for(lambda: any(re.match(r'\d\d:\d\d:\d\d\.\d{3}$', name_of(n)) for n in walk(program.root))),
              'its cells can be read')
    program.key('Escape')
    checks.ok(wait_for(lambda: program.find('What Happened') is None), 'Escape closes it')


def stands_on(program, item):
    """The focus is on the menu item of that name."""
    for node in walk(program.root):
        try:
            if name_of(node).replace('_', '').startswith(item) and node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return True
        except GLib.Error:
            pass
    return False


def check_menu(checks, program):
    name = f'{ROWS[1]} of Orders'
    checks.ok(tab_to(program, name), 'the chart has the focus again')
    program.key('shift+F10')
    checks.ok(wait_for(lambda: any(name_of(n).replace('_', '').startswith('Show as Table') for n in walk(program.root))),
              'Shift+F10 opens the menu')
    program.key('Escape')
    checks.ok(tab_to(program, name), 'and Escape gives the focus back')
    program.key('shift+F10')
    wait_for(lambda: any(name_of(n).replace('_', '').startswith('Show as Table') for n in walk(program.root)))
    for _ in range(12):
        if stands_on(program, 'Show as Table'):
            break
        program.key('Down')
        time.sleep(0.1)
    program.key('Return')
    checks.ok(program.wait('What Happened'), 'arrows and Enter choose from it: the table')
    program.key('Escape')
    checks.ok(wait_for(lambda: program.find('What Happened') is None), 'Escape closes that too')


def check_leaving(checks, program):
    checks.ok(tab_to(program, f'{ROWS[1]} of Basket'), 'Tab goes on to the next chart')
    checks.ok(tab_to(program, f'{ROWS[1]} of Orders', 'shift+Tab'), 'and Shift+Tab back')


def check_views(checks, program):
    program.key('alt+2')
    checks.ok(program.wait('Throughput', IMAGES), 'Alt+2 lays the backends over one another')
    checks.ok(wait_for(lambda: re.search(r'Orders .*Basket', chart(program, 'Throughput').get_description() or '')),
              'and the sentence names both', chart(program, 'Throughput').get_description())
    program.key('alt+3')
    checks.ok(program.wait('Throughput, ratio', IMAGES), 'Alt+3 shows their ratio')
    program.key('alt+1')
    checks.ok(program.wait('Throughput of Basket', IMAGES), 'Alt+1 puts them side by side')


def rename(program, backend, name):
    """By the menu of the backend, as a person would."""
    old = wait_for(lambda: next((n for n in map(name_of, walk(program.root))
                                 if n.startswith('Menu of ') and str(backend.port) in n), None))
    if old is None or not program.press(old):
        return False
    item = program.wait('Rename…', ('menu item',))
    if item is None:
        return False
    item.do_action(0)
    return program.write('Name of the backend', name) and program.press('Rename') and program.wait(f'Throughput of {name}')


def run(checks, path):
    a, b = Backend(200), Backend(150)
    program = Program([path, '--interval', '0.5', a.url, b.url])
    if not checks.ok(program.root, 'the program is on the accessibility bus'):
        return
    for backend, name in ((a, 'Orders'), (b, 'Basket')):
        checks.ok(rename(program, backend, name), f'{name} has its name')
    program.focus_window()
    check_every_chart(checks, program)
    check_children(checks, program)
    check_cursor(checks, program)
    check_ranges(checks, program)
    check_table(checks, program)
    check_menu(checks, program)
    check_leaving(checks, program)
    check_views(checks, program)
    checks.ok(program.warnings() == [], 'no warning on standard error', program.warnings())
    program.key('ctrl+q')
    checks.ok(program.end() == 0, 'Ctrl+Q ends it')
    a.stop()
    b.stop()


if __name__ == '__main__':
    main(run)
