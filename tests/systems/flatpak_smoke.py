"""The installed flatpak: desktop file, bus and search start it, the demo runs, it saves, the sandbox refuses the rest.
SPDX-License-Identifier: GPL-3.0-or-later

usage: xrun.sh withwm.sh flatpak_smoke.py ID, with FLATPAK_USER_DIR where ID is installed"""
import os
import pathlib
import re
import select
import shlex
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'ui'))
from atspi_driver import Atspi, Program, children, main, wait_for  # noqa: E402
from flatpak_sandbox import check_sandbox  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

NAMES = ('Event loop', 'Threads with a global lock')
PORTAL = pathlib.Path(__file__).resolve().parent.parent / 'support/desktop_portal.py'
# What it states is that somebody has chosen a kind of product: then there is a decision.
STATED = '{"schema":"steelyard.assumptions/1","use_case":"real-time-chat"}'


class SandboxedProgram(Program):
    """Its process has another number outside of the sandbox, and it is the only one on this bus."""

    def __init__(self, argv):
        # Through the proxy of the sandbox it comes late, and the bus answers slowly: in ms, later and at first.
        Atspi.set_timeout(3000, 15000)
        super().__init__(argv)
        self.root = self.root or wait_for(self._find_application, 60)

    def _find_application(self):
        # A desktop that is remembered has nobody for ever, and who comes is told to the main loop.
        while GLib.MainContext.default().iteration(False):
            pass
        desktop = Atspi.get_desktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for node in children(desktop):
            if children(node):
                return node
        return None


class Service:
    """The flatpak by its name on the bus, which is told of the exported service file."""

    def __init__(self, app):
        self.name = app
        self.object = '/' + app.replace('.', '/')
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        folder = pathlib.Path(os.environ['XDG_DATA_HOME'], 'dbus-1/services')
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(share(f'dbus-1/services/{app}.service'), folder)
        self.ask_bus('ReloadConfig', None)

    def ask_bus(self, method, arguments):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method,
                                  arguments, None, Gio.DBusCallFlags.NONE, -1, None).unpack()

    def call(self, method, arguments, path=''):
        interface, _, name = method.rpartition('.')
        return self.bus.call_sync(self.name, self.object + path, interface, name, arguments,
                                  None, Gio.DBusCallFlags.NONE, 60000, None).unpack()

    def activate_action(self, name, *parameters):
        self.call('org.freedesktop.Application.ActivateAction', GLib.Variant('(sava{sv})', (name, list(parameters), {})))

    def runs(self):
        return self.ask_bus('NameHasOwner', GLib.Variant('(s)', (self.name,)))[0]


class Portal:
    """A desktop that saves wherever it is told, and opens what it is given."""

    def __init__(self, folder):
        self.process = subprocess.Popen(['/usr/bin/python3', str(PORTAL), str(folder)], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def asked(self, seconds=60):
        """What it was asked next; one question comes after the other."""
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        return self.process.stdout.readline().strip() if ready else ''

    def stop(self):
        self.process.terminate()
        self.process.wait()


def share(name):
    return pathlib.Path(os.environ['FLATPAK_USER_DIR'], 'exports/share', name)


def read_keys(path, group):
    keys = GLib.KeyFile()
    keys.load_from_file(str(path), GLib.KeyFileFlags.NONE)
    return {key: keys.get_string(group, key) for key in keys.get_keys(group)[0]}


def check_exports(checks, app):
    desktop = share(f'applications/{app}.desktop')
    entry = read_keys(desktop, 'Desktop Entry')
    checks.ok(entry['Icon'] == app and share(f'icons/hicolor/scalable/apps/{app}.svg').exists()
              and share(f'icons/hicolor/symbolic/apps/{app}-symbolic.svg').exists(), 'the desktop file is exported with its icons', entry)
    checks.ok(entry['DBusActivatable'] == 'true' and entry['MimeType'] == 'application/x-steelyard;'
              and share(f'mime/packages/{app}.xml').exists(), 'and with its kind of file', entry)
    service = read_keys(share(f'dbus-1/services/{app}.service'), 'D-BUS Service')
    checks.ok(service['Name'] == app and re.search(rf'flatpak run .*{re.escape(app)} --gapplication-service$', service['Exec']),
              'the service starts the sandbox', service)
    provider = read_keys(share(f'gnome-shell/search-providers/{app}.search-provider.ini'), 'Shell Search Provider')
    checks.ok(provider['BusName'] == app and provider['DesktopId'] == f'{app}.desktop', 'the search provider is exported', provider)
    return desktop


def find_windows():
    return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', 'Steelyard'],
                          capture_output=True, text=True, check=False).stdout.split()


def check_activation(checks, service):
    """The desktop's search starts it without a window, and its name on the bus with one."""
    answer = service.call('org.gnome.Shell.SearchProvider2.GetInitialResultSet', GLib.Variant('(as)', (['event'],)), '/SearchProvider')
    checks.ok(len(answer[0]) == 1 and not find_windows(), 'a search starts it without a window, and finds what was recorded', answer)
    service.call('org.freedesktop.Application.Activate', GLib.Variant('(a{sv})', ({},)))
    checks.ok(wait_for(find_windows, 60), 'the bus starts it, and it shows its window')
    service.activate_action('quit')
    checks.ok(wait_for(lambda: not service.runs() and not find_windows()), 'and it can be told to end')


def check_moving(checks, program):
    def moving():
        charts = program.charts()
        return all(re.search(r'now \d', charts.get(f'Requests in flight of {name}', '')) for name in NAMES)
    # The bus answers slowly through the proxy of the sandbox.
    checks.ok(wait_for(moving, 120), 'both columns of the demo move', program.charts())


def check_saved(checks, portal, path, what):
    asked = portal.asked()
    checks.ok(asked == f'save {path.name}', f'{what}: the desktop is asked where to', asked)
    checks.ok(wait_for(lambda: path.exists() and path.read_bytes()[:5] == b'%PDF-'), f'{what}: and has it')


def check_portal(checks, program, service, folder):
    """Out of the sandbox by the desktop alone: a page, a decision, and the help for a browser."""
    portal = Portal(folder)
    program.key('ctrl+s')
    check_saved(checks, portal, folder / 'comparison.pdf', 'the Live page')
    service.activate_action('show-page', GLib.Variant('s', 'decide'))
    checks.ok(program.press('Export Decision…', 60), 'there is a decision')
    checks.ok(program.press('Export…', 60), 'which can be exported')
    check_saved(checks, portal, folder / 'decision.pdf', 'the decision')
    program.key('F1')
    asked = portal.asked()
    checks.ok(asked.startswith('open <!DOCTYPE html>') and '<title>Steelyard</title>' in asked, 'F1 hands the help to a browser', asked)
    portal.stop()


def check_window(checks, app, desktop, service):
    command = shlex.split(read_keys(desktop, 'Desktop Action demo')['Exec'])
    checks.ok(pathlib.Path(command[0]).name == 'flatpak', 'the desktop file starts the sandbox', command)
    folder = pathlib.Path(os.environ['HOME'], '.var/app', app, 'data')
    (folder / 'steelyard').mkdir(parents=True, exist_ok=True)
    (folder / 'steelyard/assumptions.json').write_text(STATED, encoding='utf-8')
    program = SandboxedProgram(command)
    if not checks.ok(program.root, 'its action “Try the Demo” shows the window', program.stderr_path):
        program.process.terminate()
        return

    check_moving(checks, program)
    window = find_windows()
    if checks.ok(window, 'the window is on the display'):
        if 'STEELYARD_SCREENSHOT' in os.environ:
            subprocess.run(['import', '-window', 'root', os.environ['STEELYARD_SCREENSHOT']], check=True)
        subprocess.run(['xdotool', 'windowfocus', '--sync', window[-1]], check=True)
        check_portal(checks, program, service, folder)
        subprocess.run(['xdotool', 'windowfocus', '--sync', window[-1]], check=True)
        program.key('ctrl+q')
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    status = program.end()
    checks.ok(status == 0, 'Ctrl+Q ends it with status 0', status)


def run(checks, app):
    desktop = check_exports(checks, app)
    check_sandbox(checks, app)
    service = Service(app)
    check_window(checks, app, desktop, service)
    check_activation(checks, service)


if __name__ == '__main__':
    main(run)
