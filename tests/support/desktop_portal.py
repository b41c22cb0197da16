#!/usr/bin/python3
"""desktop_portal.py FOLDER: what a sandbox may ask of the desktop, on the session bus, for tests.
SPDX-License-Identifier: GPL-3.0-or-later

Whoever asks where to save is told FOLDER and the name that it proposed. A file that
is to be opened is read. Prints "ready" once it has the name, "save NAME", and "open
BEGINNING OF THE FILE" on one line."""
import os
import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'
XML = '''<node>
<interface name="org.freedesktop.portal.FileChooser">
  <method name="SaveFile"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="o" direction="out"/></method>
  <property name="version" type="u" access="read"/>
</interface>
<interface name="org.freedesktop.portal.OpenURI">
  <method name="OpenFile"><arg type="s" direction="in"/><arg type="h" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="o" direction="out"/></method>
  <property name="version" type="u" access="read"/>
</interface>
</node>'''


class Portal:
    def __init__(self, folder):
        self.folder = folder
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
            self.bus.register_object(PATH, interface, self._call_cb, self._get_cb, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print('ready', flush=True), None)

    @staticmethod
    def _get_cb(_connection, _sender, _path, _interface, _name):
        return GLib.Variant('u', 3)

    def _save(self, parameters):
        _parent, _title, options = parameters.unpack()
        name = os.path.basename(options['current_name'])
        print('save', name, flush=True)
        uri = Gio.File.new_for_path(os.path.join(self.folder, name)).get_uri()
        return options, {'uris': GLib.Variant('as', [uri])}

    @staticmethod
    def _open(parameters, invocation):
        _parent, index, options = parameters.unpack()
        descriptor = invocation.get_message().get_unix_fd_list().get(index)
        print('open', os.read(descriptor, 200).decode(errors='replace').replace('\n', ' '), flush=True)
        os.close(descriptor)
        return options, {}

    def _call_cb(self, _connection, sender, _path, _interface, method, parameters, invocation):
        options, results = self._save(parameters) if method == 'SaveFile' else self._open(parameters, invocation)
        request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        invocation.return_value(GLib.Variant('(o)', (request,)))
        self.bus.emit_signal(sender, request, 'org.freedesktop.portal.Request', 'Response',
                             GLib.Variant('(ua{sv})', (0, results)))


def main():
    Portal(sys.argv[1])
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
