"""The program as the desktop starts it: by its name on the session bus that a test has for itself.
SPDX-License-Identifier: GPL-3.0-or-later"""
import glob
import os
import re
import time

from atspi_driver import Program, wait_for
from gi.repository import Gio, GLib


class Service:
    """Makes the bus know the service file of the build, with the build's program in it."""

    def __init__(self, path):
        data = os.path.join(os.path.dirname(os.path.abspath(path)), '../data')
        source = glob.glob(os.path.join(data, '*.service'))[0]
        with open(source, encoding='utf-8') as file:
            text = file.read()
        self.name = re.search(r'^Name=(.*)$', text, re.M).group(1)
        self.object = '/' + self.name.replace('.', '/')
        self.desktop_path = os.path.join(data, f'{self.name}.desktop')
        self.exec = re.search(r'^Exec=\S+ (.*)$', text, re.M).group(1)
        folder = os.path.join(os.environ['XDG_DATA_HOME'], 'dbus-1/services')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f'{self.name}.service'), 'w', encoding='utf-8') as file:
            file.write(re.sub(r'^Exec=\S+', f'Exec={os.path.abspath(path)}', text, flags=re.M))
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.ask_bus('ReloadConfig')

    def ask_bus(self, method, *arguments):
        parameters = GLib.Variant(f"({'s' * len(arguments)})", arguments)
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method,
                                  parameters, None, Gio.DBusCallFlags.NONE, -1, None).unpack()

    def call(self, interface, method, signature, *arguments, path=''):
        """Starts the program where it does not run."""
        return self.bus.call_sync(self.name, self.object + path, interface, method, GLib.Variant(signature, arguments),
                                  None, Gio.DBusCallFlags.NONE, 30000, None).unpack()

    def activate_action(self, name):
        self.call('org.freedesktop.Application', 'ActivateAction', '(sava{sv})', name, [], {})

    def runs(self):
        return self.ask_bus('NameHasOwner', self.name)[0]

    def pid(self):
        return self.ask_bus('GetConnectionUnixProcessID', self.name)[0]


class ActivatedProgram(Program):
    """A program that the bus has started; its standard error is the bus's."""

    def __init__(self, service):
        self.pid = service.pid()
        self.root = wait_for(self._find_application, 30)

    def _find_application(self):
        for node in self.applications():
            if node.get_process_id() == self.pid:
                return node
        return None

    def has_ended(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not os.path.exists(f'/proc/{self.pid}'):
                return True
            time.sleep(0.05)
        return False
