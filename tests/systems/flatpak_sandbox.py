"""What the sandbox of the installed flatpak lets through, and what it refuses.
SPDX-License-Identifier: GPL-3.0-or-later"""
import http.server
import os
import pathlib
import re
import subprocess
import threading

from gi.repository import Gio, GLib

PERMISSIONS = {'shared': {'network', 'ipc'}, 'sockets': {'wayland', 'fallback-x11', 'x11'}, 'devices': {'dri'}}
EXPOSITION = b'# TYPE http_requests_total counter\nhttp_requests_total 42\n'
PRIVATE_NAME = 'org.example.NobodysBusiness'
OTHER_NAME = 'org.example.NotOurs'
BUS = 'org.freedesktop.DBus'


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
            checks.ok(answer.returncode != 0 and 'secret' not in answer.stdout, 'it cannot read a file of the home folder', answer)
            inside(app, 'sh', '-c', f'echo changed > {secret}; rm -f {secret}')
            checks.ok(secret.read_text(encoding='utf-8') == 'secret', 'nor write or delete it')
        finally:
            secret.unlink()
    answer = inside(app, 'sh', '-c', 'echo no > /app/bin/steelyard')
    checks.ok(answer.returncode != 0, 'it cannot write its own program', answer)
    answer = inside(app, 'sh', '-c', 'cat /proc/[0-9]*/cmdline')
    checks.ok('cat' in answer.stdout and 'flatpak_smoke' not in answer.stdout, 'it does not see the processes outside', answer.stdout)


def call_bus(method, *arguments, bus='--session', to=BUS, path='/org/freedesktop/DBus'):
    return ['call', bus, '--dest', to, '--object-path', path, '--method', method, *arguments]


def check_bus(checks, app):
    """A name that is on the bus for everybody outside is not there inside."""
    # The name is ours as long as the connection is held, which everybody here shares.
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.call_sync(BUS, '/org/freedesktop/DBus', BUS, 'RequestName', GLib.Variant('(su)', (PRIVATE_NAME, 0)),
                  None, Gio.DBusCallFlags.NONE, -1, None)
    ask = call_bus(f'{BUS}.GetNameOwner', PRIVATE_NAME)
    outside = subprocess.run(['gdbus', *ask], capture_output=True, text=True, check=False)
    checks.ok(outside.returncode == 0, 'a name is on the session bus', outside)
    answer = inside(app, 'gdbus', *ask)
    checks.ok(answer.returncode != 0 and 'NameHasNoOwner' in answer.stderr, 'which the sandbox does not see', answer)
    answer = inside(app, 'gdbus', *call_bus(f'{BUS}.Peer.Ping', to=PRIVATE_NAME, path='/'))
    checks.ok(answer.returncode != 0, 'nor can it talk to it', answer)
    answer = inside(app, 'gdbus', *call_bus(f'{BUS}.RequestName', OTHER_NAME, '0'))
    checks.ok(answer.returncode != 0, 'it cannot take a name that is not its own', answer)
    answer = inside(app, 'gdbus', *call_bus(f'{BUS}.GetNameOwner', BUS))
    checks.ok(answer.returncode == 0, 'though it sees the bus', answer)
    answer = inside(app, 'gdbus', *call_bus(f'{BUS}.GetNameOwner', BUS, bus='--system'))
    checks.ok(answer.returncode != 0, 'it has no system bus', answer)
    bus.call_sync(BUS, '/org/freedesktop/DBus', BUS, 'ReleaseName', GLib.Variant('(s)', (PRIVATE_NAME,)),
                  None, Gio.DBusCallFlags.NONE, -1, None)


def check_network(checks, app):
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Metrics)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answer = inside(app, 'steelyard-cli', 'inspect', f'http://127.0.0.1:{server.server_port}/metrics')
    server.shutdown()
    checks.ok('http_requests_total' in answer.stdout, 'it reads a server of this machine', answer)


def check_sandbox(checks, app):
    check_permissions(checks, app)
    check_files(checks, app)
    check_bus(checks, app)
    check_network(checks, app)
