"""What the window is called when it is read out: every text has words, every control a name, and where the
keyboard comes to a field, the field says which it is.
SPDX-License-Identifier: GPL-3.0-or-later

GTK 4.8 calls what has no name by its type, "GtkLabel". What it and libadwaita put
around and into things that have names, and nobody is led to, is left out."""
import re

from atspi_driver import BUTTONS, Atspi, Focus, GLib, Program, active_title, children, main, name_of, wait_for
from notifications import Notifications
from test_activation import window
from test_alerts import is_chosen
from test_inputs import names_around, shows, tab_to
from test_recordings import choose
from test_window import Backend

TYPE = re.compile('(?:Adw|Gtk|Beam|Sy)[A-Z][A-Za-z]+')
OURS = re.compile('(?:Beam|Sy)[A-Z][A-Za-z]+')
CONTROLS = (*BUTTONS, 'radio button', 'page tab', 'combo box', 'text', 'entry', 'password text', 'slider', 'spin button',
            'menu item', 'check menu item', 'radio menu item', 'link', 'progress bar', 'level bar', 'label')
PICTURES = ('image', 'icon')
# Containers and handles of the toolkits.
INNER = ('filler', 'panel', 'scroll bar', 'separator')


def fault_of(role, name, is_within_named):
    """What is wrong with it; None."""
    if OURS.fullmatch(name):
        return f'{role} “{name}”'
    if role in INNER or (role in PICTURES and is_within_named):
        return None
    if TYPE.fullmatch(name):
        return f'{role} “{name}”'
    return f'{role} without a name' if role in CONTROLS and not name else None


def look(node, path, found):
    """Adds to what was found all that is at and below a node and is wrong."""
    try:
        if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
            return
        role = node.get_role_name()
    except GLib.Error:
        return
    name = name_of(node)
    fault = fault_of(role, name, bool(path))
    if fault is not None:
        found.append(f'{fault} in {path[-3:]}')
    if name and not TYPE.fullmatch(name):
        path = [*path, name]
    for child in children(node):
        look(child, path, found)


def check(checks, root, what):
    found = []
    look(root, [], found)
    checks.ok(not found, f'{what}: everything has words', '\n# '.join(dict.fromkeys(found)))


def show_page(program, name):
    Atspi.Action.do_action(program.wait(name, ('page tab',)), 0)
    return wait_for(lambda: is_chosen(program, name))


def check_pages(checks, program):
    for name in ('Load', 'Cost', 'Decide', 'Recordings', 'Live'):
        checks.ok(show_page(program, name), f'{name} can be chosen')
        check(checks, program.root, name)


def dismiss(checks, program, title):
    program.key('Escape')
    checks.ok(wait_for(lambda: active_title() != title), f'Escape closes {title}')


def check_dialog(checks, program, title, fields=(), focus=None):
    """Of this title, which is open: all of it, and what is heard in these fields."""
    dialog = wait_for(lambda: window(program, title))
    if not checks.ok(dialog, f'{title} is there', [name_of(node) for node in children(program.root)]):
        return
    check(checks, dialog, title)
    for field in fields:
        checks.ok(tab_to(program, focus, rf'\A{re.escape(field)}$', most=40) and name_of(focus.node) == field,
                  f'{title}: the keyboard is heard to come to {field}', names_around(focus.node))


def check_add(checks, program, focus, backend):
    program.key('ctrl+n')
    heard = wait_for(lambda: window(program, 'Add Backend') and names_around(program.focused())[:1] == ['Address'])
    checks.ok(heard, 'Add Backend begins in Address, and it is heard', names_around(program.focused()))
    check_dialog(checks, program, 'Add Backend', ('Name (optional)', 'Address'), focus)
    program.type(backend.url)
    program.key('Return')
    checks.ok(shows(program, '^What It Says$'), 'an address is asked')
    check(checks, window(program, 'Add Backend'), 'Add Backend with an answer')


def choose_kind(program, focus, place):
    """Of a credential, from the first."""
    reached = tab_to(program, focus, r'\ACredential$', most=40)
    program.key('space')
    for key in ['Home'] + ['Down'] * place:
        program.key(key)
    program.key('Return')
    return reached


def check_access(checks, program, focus):
    """The fields of each kind of credential."""
    checks.ok(program.write('Address', 'https://127.0.0.1:1/metrics'), 'an address that is not plain')
    checks.ok(program.press('Authentication…'), 'Authentication can be pressed')
    title = 'Authentication'
    check_dialog(checks, program, title, ('Fingerprint (SHA-256)',), focus)
    for place, fields in ((1, ('User Name', 'Password')), (2, ('Token',)), (3, ('Name of the Header', 'Value of the Header'))):
        checks.ok(choose_kind(program, focus, place), f'kind {place} of credential can be chosen')
        checks.ok(wait_for(lambda: window(program, title) and shows(program, f'^{re.escape(fields[0])}$')), f'it has {fields[0]}')
        check_dialog(checks, program, title, fields, focus)
    dismiss(checks, program, title)
    dismiss(checks, program, 'Add Backend')


def check_signals(checks, program, focus, menu):
    checks.ok(choose(program, menu, 'Signals…'), 'Signals can be chosen')
    check_dialog(checks, program, 'Signals')
    checks.ok(program.press('Add Filter…'), 'Add Filter can be pressed')
    check_dialog(checks, program, 'Signals', ('Values, with commas between them',), focus)
    program.key('Escape')
    if window(program, 'Signals'):
        dismiss(checks, program, 'Signals')


def check_alerts(checks, program, focus):
    checks.ok(choose(program, 'Main Menu', 'Alerts…'), 'Alerts can be chosen')
    check_dialog(checks, program, 'Alerts')
    checks.ok(program.press('Add Rule…'), 'Add Rule can be pressed')
    check_dialog(checks, program, 'Add Rule', ('Limit, ms',), focus)
    dismiss(checks, program, 'Add Rule')
    dismiss(checks, program, 'Alerts')


def check_marks(checks, program, focus):
    program.key('ctrl+k')
    check_dialog(checks, program, 'Add Mark', ('Text',), focus)
    checks.ok(program.press('Add'), 'a mark can be added')
    checks.ok(wait_for(lambda: active_title() == 'Steelyard'), 'the dialog goes')
    program.key('ctrl+shift+k')
    check_dialog(checks, program, 'Marks')
    dismiss(checks, program, 'Marks')


def check_rows(checks, program, focus):
    """What a row opens to."""
    show_page(program, 'Cost')
    checks.ok(tab_to(program, focus, '^Peak traffic'), 'Tab leads to a row of Cost')
    program.key('Return')
    checks.ok(shows(program, '^Peak traffic, in requests/s'), 'Enter opens it')
    check(checks, program.root, 'A row of Cost')


def run(checks, path):
    desktop = Notifications()
    a, b = Backend(200), Backend(150)
    program = Program([path])
    if not checks.ok(program.root, 'the program is on the accessibility bus'):
        return
    checks.ok(program.wait('Weigh Your Backends', ('label',)), 'the first page is there')
    check(checks, program.root, 'First run')
    program.process.terminate()
    program.end()

    program = Program([path, '--interval', '0.5', a.url, b.url])
    focus = Focus()
    program.focus_window()
    checks.ok(shows(program, '^Throughput of '), 'both are watched')
    checks.ok(wait_for(lambda: any('answers 99 %' in text for text in program.labels())), 'and compared', program.labels())
    check_pages(checks, program)
    check_rows(checks, program, focus)
    check_add(checks, program, focus, b)
    check_access(checks, program, focus)
    check_signals(checks, program, focus, f'Menu of 127.0.0.1:{a.port}')
    check_alerts(checks, program, focus)
    check_marks(checks, program, focus)
    program.key('ctrl+m')
    check_dialog(checks, program, 'Machine Price')
    dismiss(checks, program, 'Machine Price')
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    focus.stop()
    program.key('ctrl+q')
    checks.ok(program.end() == 0, 'Ctrl+Q ends it')
    desktop.stop()
    a.stop()
    b.stop()


if __name__ == '__main__':
    main(run)
