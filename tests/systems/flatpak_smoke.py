"""The installed flatpak: its desktop file starts it, the demo runs, and the sandbox refuses the rest.
SPDX-License-Identifier: GPL-3.0-or-later

usage: xrun.sh withwm.sh flatpak_smoke.py ID, with FLATPAK_USER_DIR where ID is installed"""
import http.server
import os
import pathlib
import re
import shlex
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'ui'))
from atspi_driver import Atspi, Program, children, main, wait_for  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

NAMES = ('Event loop', 'Threads with a global lock')
PERMISSIONS = {'shared': {'network', 'ipc'}, 'sockets': {'wayland', 'fallback-x11', 'x11'}, 'devices': {'dri'}}
EXPOSITION = b'# TYPE http_requests_total counter\nhttp_requests_total 42\n'
PRIVATE_NAME = 'org.example.NobodysBusiness'


class SandboxedProgram(Program):
    """Its process has another number outside of the sandbox, and it is the only one on this bus."""

    def _find_application(self):
        for node in children(Atspi.get_desktop(0)):
            if children(node):
                return node
        return None


class Metrics(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802, the name is the library's
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain; version=0.0.4')
        self.send_header('Content-Length', str(len(EXPOSITION)))
        self.end_headers()
        self.wfile.write(EXPOSITION)

    def log_message(self, *args):
        """Nobody reads it."""


def inside(app, command, *args):
    """Runs a command in the sandbox of the application."""
    return subprocess.run(['flatpak', 'run', f'--command={command}', app, *args],
                          capture_output=True, text=True, check=False, timeout=60)


def exported(app):
    path = pathlib.Path(os.environ['FLATPAK_USER_DIR'], 'exports/share/applications', f'{app}.desktop')
    desktop = GLib.KeyFile()
    desktop.load_from_file(str(path), GLib.KeyFileFlags.NONE)
    return desktop


def check_permissions(checks, app):
    text = subprocess.run(['flatpak', 'info', '--show-permissions', app], capture_output=True, text=True, check=True).stdout
    context = {key: set(filter(None, value.split(';'))) for key, value in re.findall(r'^(\w+)=(.*)$', text, re.M)}
    checks.ok(context.keys() == PERMISSIONS.keys() and all(context[key] <= PERMISSIONS[key] for key in context),
              'it asks for the network, a display and the GPU, and nothing else', text)


def check_files(checks, app):
    for folder in (os.environ['HOME'], os.path.expanduser('~' + os.environ.get('USER', 'root'))):
        secret = pathlib.Path(folder, f'.steelyard-smoke-{os.getpid()}')
        secret.write_text('secret', encoding='utf-8')
        try:
            answer = inside(app, 'cat', str(secret))
            checks.ok(answer.returncode != 0 and 'secret' not in answer.stdout, f'it cannot read a file of the home folder', answer)
        finally:
            secret.unlink()
    answer = inside(app, 'sh', '-c', 'echo no > /app/bin/steelyard')
    checks.ok(answer.returncode != 0, 'it cannot write its own program', answer)


def check_bus(checks, app):
    """A name that is on the bus for everybody outside is not there inside."""
    # The name is ours as long as the connection is held.
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.call_sync(
        'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName',
        GLib.Variant('(su)', (PRIVATE_NAME, 0)), None, Gio.DBusCallFlags.NONE, -1, None)
    ask = ['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
           '--method', 'org.freedesktop.DBus.GetNameOwner', PRIVATE_NAME]
    outside = subprocess.run(['gdbus', *ask], capture_output=True, text=True, check=False)
    checks.ok(outside.returncode == 0, 'a name is on the session bus', outside)
    answer = inside(app, 'gdbus', *ask)
    checks.ok(answer.returncode != 0 and 'NameHasNoOwner' in answer.stderr, 'which the sandbox does not see', answer)
    answer = inside(app, 'gdbus', *ask[:-1], 'org.freedesktop.DBus')
    checks.ok(answer.returncode == 0, 'though it sees the bus', answer)
    bus.close_sync()


def check_network(checks, app):
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Metrics)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answer = inside(app, 'steelyard-cli', 'inspect', f'http://127.0.0.1:{server.server_port}/metrics')
    server.shutdown()
    checks.ok('http_requests_total' in answer.stdout, 'it reads a server of this machine', answer)


def check_window(checks, desktop):
    command = shlex.split(desktop.get_string('Desktop Action demo', 'Exec'))
    checks.ok(pathlib.Path(command[0]).name == 'flatpak', 'the desktop file starts the sandbox', command)
    program = SandboxedProgram(command)
    if not checks.ok(program.root, 'its action “Try the Demo” shows the window', program.stderr_path):
        program.process.terminate()
        return

    def moving():
        charts = program.charts()
        return all(re.search(r'now \d', charts.get(f'Requests in flight of {name}', '')) for name in NAMES)
    # The bus answers slowly through the proxy of the sandbox.
    checks.ok(wait_for(moving, 120), 'both columns of the demo move', program.charts())
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', 'Steelyard'],
                            capture_output=True, text=True, check=False).stdout.split()
    if checks.ok(window, 'the window is on the display'):
        if 'STEELYARD_SCREENSHOT' in os.environ:
            subprocess.run(['import', '-window', 'root', os.environ['STEELYARD_SCREENSHOT']], check=True)
        subprocess.run(['xdotool', 'windowfocus', '--sync', window[-1]], check=True)
        program.key('ctrl+q')
    status = program.end()
    checks.ok(status == 0, 'Ctrl+Q ends it with status 0', status)


def run(checks, app):
    desktop = exported(app)
    checks.ok(desktop.get_string('Desktop Entry', 'Icon') == app, 'the desktop file is exported with its icon')
    check_permissions(checks, app)
    check_files(checks, app)
    check_bus(checks, app)
    check_network(checks, app)
    check_window(checks, desktop)


if __name__ == '__main__':
    main(run)
