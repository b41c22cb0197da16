#!/usr/bin/python3
"""secret_service.py [--silent]: a keyring on the session bus, for tests.
SPDX-License-Identifier: GPL-3.0-or-later

Keeps secrets in memory. With --silent it takes every call and answers none, as
a keyring that waits for its password. Prints "ready" once it has the name;
prints each secret that is stored as "stored ORIGIN" (never the secret)."""
import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

ROOT = '/org/freedesktop/secrets'
COLLECTION = ROOT + '/aliases/default'
SESSION = ROOT + '/session/1'

XML = '''<node>
<interface name="org.freedesktop.Secret.Service">
  <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
    <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}" direction="in"/><arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao" direction="in"/><arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/><arg type="a{o(oayays)}" direction="out"/></method>
  <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <property name="Collections" type="ao" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Collection">
  <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/><arg type="b" direction="in"/>
    <arg type="o" direction="out"/><arg type="o" direction="out"/></method>
  <property name="Items" type="ao" access="read"/><property name="Label" type="s" access="read"/>
  <property name="Locked" type="b" access="read"/><property name="Created" type="t" access="read"/>
  <property name="Modified" type="t" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Item">
  <method name="Delete"><arg type="o" direction="out"/></method>
  <property name="Attributes" type="a{ss}" access="read"/><property name="Label" type="s" access="read"/>
  <property name="Locked" type="b" access="read"/><property name="Created" type="t" access="read"/>
  <property name="Modified" type="t" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Session"><method name="Close"/></interface>
</node>'''


class Keyring:
    def __init__(self, bus, silent):
        self.bus = bus
        self.silent = silent
        self.items = {}  # path: (attributes, label, value, content type, registration)
        self.n = 0
        self.interfaces = {i.name: i for i in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}
        self.register(ROOT, 'Service')
        self.register(COLLECTION, 'Collection')
        self.register(SESSION, 'Session')

    def register(self, path, name):
        return self.bus.register_object(path, self.interfaces['org.freedesktop.Secret.' + name], self.call, self.read, None)

    def call(self, bus, sender, path, interface, method, parameters, invocation):
        if self.silent:
            return
        answer = getattr(self, method)(path, *parameters.unpack())
        if answer is None:
            invocation.return_dbus_error('org.freedesktop.DBus.Error.NotSupported', method)
        else:
            invocation.return_value(answer)

    def read(self, bus, sender, path, interface, name):
        attributes, label = self.items[path][:2] if path in self.items else ({}, 'Default')
        return {'Collections': GLib.Variant('ao', [COLLECTION]), 'Items': GLib.Variant('ao', list(self.items)),
                'Label': GLib.Variant('s', label), 'Attributes': GLib.Variant('a{ss}', attributes),
                'Locked': GLib.Variant('b', False), 'Created': GLib.Variant('t', 0), 'Modified': GLib.Variant('t', 0)}[name]

    def OpenSession(self, path, algorithm, argument):
        return GLib.Variant('(vo)', (GLib.Variant('s', ''), SESSION)) if algorithm == 'plain' else None

    def find(self, wanted):
        return [path for path, item in self.items.items() if all(item[0].get(k) == v for k, v in wanted.items())]

    def SearchItems(self, path, wanted):
        return GLib.Variant('(aoao)', (self.find(wanted), []))

    def Unlock(self, path, paths):
        return GLib.Variant('(aoo)', (paths, '/'))

    def GetSecrets(self, path, paths, session):
        return GLib.Variant('(a{o(oayays)})', ({p: (session, b'', self.items[p][2], self.items[p][3]) for p in paths},))

    def ReadAlias(self, path, name):
        return GLib.Variant('(o)', (COLLECTION,))

    def CreateItem(self, path, properties, secret, replace):
        attributes = properties.get('org.freedesktop.Secret.Item.Attributes', {})
        if replace:
            for old in self.find(attributes):
                self.Delete(old)
        self.n += 1
        item = f'{COLLECTION}/{self.n}'
        label = properties.get('org.freedesktop.Secret.Item.Label', '')
        self.items[item] = (attributes, label, bytes(secret[2]), secret[3], self.register(item, 'Item'))
        print('stored', attributes.get('origin'), flush=True)
        return GLib.Variant('(oo)', (item, '/'))

    def Delete(self, path):
        self.bus.unregister_object(self.items.pop(path)[4])
        return GLib.Variant('(o)', ('/',))

    def Close(self, path):
        return GLib.Variant('()', ())


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    keyring = Keyring(bus, '--silent' in sys.argv)
    Gio.bus_own_name_on_connection(bus, 'org.freedesktop.secrets', Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: print('ready', flush=True), None)
    GLib.MainLoop().run()
    del keyring  # it answered until here


if __name__ == '__main__':
    main()
