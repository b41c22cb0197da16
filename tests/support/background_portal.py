#!/usr/bin/python3
"""background_portal.py allow|refuse|none: the background portal on the session bus, for tests.
SPDX-License-Identifier: GPL-3.0-or-later

Answers each RequestBackground as it was told to; with "none" it is a portal that has
no such interface. Prints "ready" once it has the name, and "asked REASON"."""
import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'
XML = '''<node>
<interface name="org.freedesktop.portal.Background">
  <method name="RequestBackground"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="o" direction="out"/></method>
</interface>
</node>'''


def main():
    answer = sys.argv[1]
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call_cb(connection, sender, path, interface, method, parameters, invocation):
        _parent, options = parameters.unpack()
        request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        print('asked', options['reason'], flush=True)
        invocation.return_value(GLib.Variant('(o)', (request,)))
        allowed = answer == 'allow'
        results = {'background': GLib.Variant('b', allowed), 'autostart': GLib.Variant('b', False)}
        connection.emit_signal(sender, request, 'org.freedesktop.portal.Request', 'Response',
                               GLib.Variant('(ua{sv})', (0 if allowed else 1, results)))

    if answer != 'none':
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        bus.register_object(PATH, interface, call_cb, None, None)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print('ready', flush=True), None)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
