"""Alerts of the real program: told once, pressed, switched off, and taken back at the end.
SPDX-License-Identifier: GPL-3.0-or-later"""
import json
import os

from atspi_driver import Atspi, Program, main, wait_for, walk
from notifications import Notifications
from test_window import Backend

RULE = 'B: Throughput under 1000\u00a0requests/s'


def rules_path():
    return os.path.join(os.environ['XDG_DATA_HOME'], 'steelyard', 'alerts.json')


def write_rules():
    os.makedirs(os.path.dirname(rules_path()), exist_ok=True)
    with open(rules_path(), 'w', encoding='utf-8') as file:
        json.dump({'schema': 'steelyard.alerts/1',
                   'rules': [{'quantity': 'throughput', 'of': 'b', 'below': 1000, 'seconds': 1}]}, file)


def read_rules():
    with open(rules_path(), encoding='utf-8') as file:
        return json.load(file)['rules']


def is_chosen(program, name):
    """Whether the page of this name is the one that is shown."""
    for node in walk(program.root):
        states = node.get_state_set()
        if node.get_name() == name and (states.contains(Atspi.StateType.CHECKED) or states.contains(Atspi.StateType.PRESSED)):
            return True
    return False


def open_dialog(checks, program):
    checks.ok(program.press('Main Menu'), 'the menu opens')
    item = program.wait('Alerts…', ('menu item',))
    if checks.ok(item is not None, 'it has Alerts'):
        item.do_action(0)
    checks.ok(program.wait(f'Remove “{RULE}”'), 'the dialog has the rule', program.labels())


def change_rules(checks, program, server, number):
    open_dialog(checks, program)
    checks.ok(program.press(RULE), 'the rule can be switched off')
    checks.ok(wait_for(lambda: server.is_withdrawn(number)), 'the notification is taken back', server.said)
    checks.ok(wait_for(lambda: not read_rules()[0].get('enabled', True)), 'that is kept', read_rules())

    checks.ok(program.press('Add Rule…'), 'a rule can be added')
    checks.ok(program.write('Limit, ms', '2500'), 'its limit can be written')
    checks.ok(program.press('Add'), 'Add can be pressed')
    checks.ok(program.wait('A: Latency p99 over 2500\u00a0ms'), 'it is in the list')
    checks.ok(wait_for(lambda: len(read_rules()) == 2 and read_rules()[1]['above'] == 2.5), 'and in the file', read_rules())

    checks.ok(program.press(f'Remove “{RULE}”'), 'a rule can be removed')
    checks.ok(wait_for(lambda: len(read_rules()) == 1), 'it is gone', read_rules())
    checks.ok(program.press('Undo'), 'that can be undone')
    checks.ok(wait_for(lambda: len(read_rules()) == 2 and read_rules()[0]['of'] == 'b'), 'it is back where it was', read_rules())
    program.focus_window()
    program.key('Escape')
    checks.ok(wait_for(lambda: program.find('Add Rule…') is None), 'Escape closes the dialog')


def run(checks, path):
    write_rules()
    server = Notifications('--gtk')
    a, b = Backend(200), Backend(150)
    program = Program([path, '--interval', '0.5', '--page', 'recordings', a.url, b.url])
    title = f'127.0.0.1:{b.port}: Throughput under 1000\u00a0requests/s'

    sent = wait_for(lambda: server.sent(title))
    checks.ok(sent, 'what the rule says is told', server.said)
    checks.ok(program.wait(title), 'the window says it too', program.labels())
    checks.ok(not is_chosen(program, 'Live'), 'it does so on any page')
    server.press(sent['sent'])
    checks.ok(wait_for(lambda: is_chosen(program, 'Live')), 'the notification leads to the Live page')
    checks.ok(server.count(title) == 1, 'it was told once', server.said)

    change_rules(checks, program, server, sent['sent'])

    b.stop()
    lost = wait_for(lambda: server.sent(f'127.0.0.1:{b.port} does not answer'))
    checks.ok(lost, 'that a backend is lost is told', server.said)
    program.focus_window()
    program.key('ctrl+q')
    checks.ok(program.end() == 0, 'Ctrl+Q ends it')
    checks.ok(wait_for(lambda: server.is_withdrawn(lost['sent'])), 'with it goes what it told', server.said)
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    server.stop()
    a.stop()


if __name__ == '__main__':
    main(run)
