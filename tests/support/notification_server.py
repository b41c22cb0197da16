#!/usr/bin/python3
"""notification_server.py [--gtk]: a desktop's notifications on the session bus, for tests.
SPDX-License-Identifier: GPL-3.0-or-later

Is org.freedesktop.Notifications, or org.gtk.Notifications with --gtk, as GNOME is.
Prints a line of JSON for each thing that happens: {"ready": …}, {"sent": ID, "title":
…, "body": …}, {"withdrawn": ID}. Reads lines: "press ID" presses a notification as a
person does. At the end of its input it ends."""
import json
import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

XML = '''<node>
<interface name="org.freedesktop.Notifications">
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface>
<interface name="org.gtk.Notifications">
  <method name="AddNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/></method>
  <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
</interface>
</node>'''


def say(**what):
    print(json.dumps(what), flush=True)


class Server:
    def __init__(self, bus, name):
        self.bus = bus
        self.n = 0
        self.sent = {}  # ID: (application, default action, target), of GNOME's
        interface = Gio.DBusNodeInfo.new_for_xml(XML).lookup_interface(name)
        self.path = '/' + name.replace('.', '/')
        bus.register_object(self.path, interface, self.call, None, None)

    def call(self, bus, sender, path, interface, method, parameters, invocation):
        invocation.return_value(getattr(self, method)(*parameters.unpack()))

    # --- org.freedesktop.Notifications ---

    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        if replaces == 0:
            self.n += 1
        number = replaces or self.n
        say(sent=str(number), title=title, body=body, actions=actions, application=hints.get('desktop-entry'))
        return GLib.Variant('(u)', (number,))

    def CloseNotification(self, number):
        say(withdrawn=str(number))

    def GetCapabilities(self):
        return GLib.Variant('(as)', (['actions', 'body', 'body-markup'],))

    def GetServerInformation(self):
        return GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))

    # --- org.gtk.Notifications ---

    def AddNotification(self, application, name, properties):
        self.sent[name] = (application, properties.get('default-action', ''), properties.get('default-action-target'))
        say(sent=name, title=properties['title'], body=properties.get('body'), application=application)

    def RemoveNotification(self, application, name):
        say(withdrawn=name)

    def press(self, name):
        if name not in self.sent:
            self.bus.emit_signal(None, self.path, 'org.freedesktop.Notifications', 'ActionInvoked',
                                 GLib.Variant('(us)', (int(name), 'default')))
            return
        application, action, target = self.sent.pop(name)
        targets = [] if target is None else [GLib.Variant('s', target)]
        self.bus.call_sync(application, '/' + application.replace('.', '/'), 'org.freedesktop.Application', 'ActivateAction',
                           GLib.Variant('(sava{sv})', (action.removeprefix('app.'), targets, {})), None,
                           Gio.DBusCallFlags.NONE, -1, None)


def main():
    name = 'org.gtk.Notifications' if '--gtk' in sys.argv else 'org.freedesktop.Notifications'
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    loop = GLib.MainLoop()
    server = Server(bus, name)

    def read_cb(channel, condition):
        line = sys.stdin.readline().split()
        if not line:
            loop.quit()
            return GLib.SOURCE_REMOVE
        if line[0] == 'press':
            server.press(line[1])
        return GLib.SOURCE_CONTINUE

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, read_cb)
    Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE, lambda *_: say(ready=name), None)
    loop.run()


if __name__ == '__main__':
    main()
