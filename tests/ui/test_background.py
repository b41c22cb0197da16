"""The program watches on with its window closed, where the background portal allows it.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import subprocess

from activation import Service
from atspi_driver import Atspi, Program, main, wait_for, walk
from notifications import Notifications
from test_window import Backend

PORTAL = os.path.join(os.path.dirname(__file__), '../support/background_portal.py')
SWITCH = 'Watch with the window closed'


class Portal:
    def __init__(self, answer):
        self.process = subprocess.Popen(['/usr/bin/python3', PORTAL, answer], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def stop(self):
        self.process.terminate()
        self.process.wait()


def open_dialog(program):
    program.press('Main Menu')
    program.wait('Alerts…', ('menu item',)).do_action(0)
    return program.wait(SWITCH)


def is_on(program):
    for node in walk(program.root):
        states = node.get_state_set()
        if node.get_name() == SWITCH and (states.contains(Atspi.StateType.CHECKED) or states.contains(Atspi.StateType.PRESSED)):
            return True
    return False


def check_refusal(checks, path, answer, words, stays):
    """It says why, and ends with its window as before. What cannot be asked stays chosen."""
    portal = Portal(answer)
    program = Program([path])
    program.wait('Try the Demo')
    checks.ok(open_dialog(program), f'{answer}: the dialog has the switch')
    program.press(SWITCH)
    checks.ok(program.wait(words), f'{answer}: it says so', program.labels())
    checks.ok(wait_for(lambda: is_on(program) == stays), f'{answer}: the switch is {"on" if stays else "off"}')
    if stays:
        program.press(SWITCH)
        checks.ok(wait_for(lambda: not is_on(program)), f'{answer}: it can be switched off')
    program.focus_window()
    program.key('Escape')
    wait_for(lambda: program.find(SWITCH) is None)
    program.focus_window()
    program.key('ctrl+w')
    checks.ok(program.end() == 0, f'{answer}: it ends with its window')
    checks.ok(program.warnings() == [], f'{answer}: it warned of nothing', program.warnings())
    portal.stop()


def check_watching(checks, path):
    portal = Portal('allow')
    desktop = Notifications('--gtk')
    backend = Backend(200)
    service = Service(path)
    title = f'127.0.0.1:{backend.port} does not answer'

    program = Program([path, '--interval', '0.5', backend.url])
    checks.ok(program.wait('Throughput of', exact=False), 'a backend is watched')
    open_dialog(program)
    program.press(SWITCH)
    asked = portal.process.stdout.readline()
    checks.ok(asked.startswith('asked To go on watching'), 'the portal is asked, with a reason', asked)
    program.focus_window()
    program.key('Escape')
    wait_for(lambda: program.find(SWITCH) is None)
    program.focus_window()
    program.key('ctrl+w')
    checks.ok(wait_for(lambda: program.find('Main Menu') is None), 'the window closes')
    checks.ok(program.process.poll() is None, 'the program goes on')

    backend.stop()
    lost = wait_for(lambda: desktop.sent(title))
    checks.ok(lost, 'what happens then is told', desktop.said)
    desktop.press(lost['sent'])
    checks.ok(program.wait('Main Menu'), 'the notification brings the window back')
    checks.ok(program.wait('Throughput of', exact=False), 'with what is watched')
    checks.ok(program.wait(title), 'and what is the case', program.labels())

    service.activate_action('quit')
    checks.ok(program.end() == 0, 'it can be ended')
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())

    # The next time it asks by itself; without a backend it does not stay.
    program = Program([path])
    checks.ok(portal.process.stdout.readline().startswith('asked'), 'the next start asks again')
    program.wait('Try the Demo')
    program.focus_window()
    program.key('ctrl+w')
    checks.ok(program.end() == 0, 'with nothing to watch it ends with its window')
    portal.stop()
    desktop.stop()


def run(checks, path):
    # The style asks the portal, too, and this one knows nothing of colours.
    os.environ['ADW_DISABLE_PORTAL'] = '1'
    os.environ['GSETTINGS_BACKEND'] = 'keyfile'
    check_refusal(checks, path, 'none', 'This desktop has no background portal that could be asked.', True)
    check_refusal(checks, path, 'refuse', 'The desktop does not allow it.', False)
    check_watching(checks, path)


if __name__ == '__main__':
    main(run)
