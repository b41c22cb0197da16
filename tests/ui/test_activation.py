"""The program is started, told to act and given files by the desktop, over the session bus.
SPDX-License-Identifier: GPL-3.0-or-later"""
import configparser
import glob
import os
import pathlib

from activation import ActivatedProgram, Service
from atspi_driver import BUTTONS, Atspi, children, is_visible, main, name_of, wait_for, walk
from gi.repository import GLib
from test_window import Backend, add

APPLICATION = 'org.freedesktop.Application'
RECORDINGS = os.path.join(os.environ['STEELYARD_DATADIR'], 'recordings/*.steelyard')


def window(program, name):
    """A window, also a dialog, of this title; what its role is called differs."""
    return next((node for node in children(program.root) if name_of(node) == name and is_visible(node)), None)


def dismiss(program, name):
    """Cancels the dialog of this title; whether it went."""
    for node in walk(window(program, name)):
        if node.get_role_name() in BUTTONS and name_of(node).endswith('Cancel'):  # at 4.8 "_Cancel Cancel"
            Atspi.Action.do_action(node, 0)
    return wait_for(lambda: window(program, name) is None)


def check_one_too_many(checks, program):
    """A screen reader that counted a dialog which went since; GTK 4.8 answers with the last window there is."""
    try:
        program.root.get_child_at_index(program.root.get_child_count() + 3)
    except GLib.Error:
        pass
    checks.ok(program.find('Try the Demo') is not None, 'a window too many can be asked for')


def check_actions(checks, service):
    """What the desktop file offers is what the program can do, without a parameter."""
    desktop = configparser.ConfigParser(interpolation=None, strict=True)
    desktop.optionxform = str
    desktop.read(service.desktop_path, encoding='utf-8')
    names = [name for name in desktop['Desktop Entry']['Actions'].split(';') if name]
    checks.ok(names == ['new-comparison', 'open-recording', 'demo'], 'the desktop file has three actions', names)
    checks.ok(desktop['Desktop Entry']['DBusActivatable'] == 'true', 'and says that the bus starts the program')
    for name in names:
        answer = service.call('org.gtk.Actions', 'Describe', '(s)', name)[0]
        checks.ok(answer[0] and answer[1] == '', f'{name} can be activated', answer)


def run(checks, path):
    service = Service(path)
    checks.ok(service.exec == '--gapplication-service', 'it is started as a service', service.exec)
    checks.ok(not service.runs(), 'it does not run')
    service.call(APPLICATION, 'Activate', '(a{sv})', {})
    program = ActivatedProgram(service)
    checks.ok(program.wait('Try the Demo'), 'the bus starts it, and it shows its window')
    check_one_too_many(checks, program)
    pid = service.pid()
    check_actions(checks, service)

    service.activate_action('demo')
    checks.ok(program.wait('Throughput of Event loop'), 'Try the Demo starts the demo')

    service.activate_action('new-comparison')
    checks.ok(wait_for(lambda: program.find('Throughput of Event loop') is None), 'New Comparison ends what there was')
    checks.ok(program.entry('Address'), 'and asks for a backend')
    checks.ok(dismiss(program, 'Add Backend'), 'the question can be dismissed')

    backend = Backend(200)
    add(checks, program, backend, 'Orders')
    service.activate_action('new-comparison')
    checks.ok(wait_for(lambda: window(program, 'Add Backend')), 'New Comparison asks once more')
    dismiss(program, 'Add Backend')
    checks.ok(program.find('Throughput of Orders') is None, 'what was added is gone')
    checks.ok(program.press('Undo'), 'that can be undone')
    checks.ok(program.wait('Throughput of Orders'), 'it is back')

    service.activate_action('open-recording')
    checks.ok(wait_for(lambda: window(program, 'Open Recording')), 'Open Recording asks for a file')
    checks.ok(dismiss(program, 'Open Recording'), 'that can be dismissed, too')

    found = sorted(glob.glob(RECORDINGS))
    service.call(APPLICATION, 'Open', '(asa{sv})', [pathlib.Path(found[0]).as_uri()], {})
    checks.ok(wait_for(lambda: window(program, f'Recording: {os.path.basename(found[0])}')), 'a file is opened')
    service.call(APPLICATION, 'Open', '(asa{sv})', ['sftp://example.org/far.steelyard'], {})
    checks.ok(program.wait('.*sftp://example.org/far.steelyard.*is not a file on this machine.*', ('label',), exact=False),
              'one that is elsewhere is told of', program.labels())
    checks.ok(service.pid() == pid, 'all of it in one program')

    service.activate_action('quit')
    checks.ok(program.has_ended(), 'it ends')
    service.activate_action('new-comparison')
    program = ActivatedProgram(service)
    checks.ok(program.entry('Address'), 'an action alone starts it')
    service.activate_action('quit')
    checks.ok(program.has_ended(), 'it ends again')
    backend.stop()


if __name__ == '__main__':
    main(run)
