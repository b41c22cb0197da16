#!/usr/bin/python3
"""Pictures of the window in several languages and looks, to be looked at.
SPDX-License-Identifier: GPL-3.0-or-later

usage: looks.py [--looks LOOK,...] [--demo models|real] BUILD FOLDER [LANGUAGE...]

The languages are de, es, fr, zh_CN and ar unless some are named.

Writes FOLDER/LANGUAGE/LOOK-PLACE.png for the looks light, dark, contrast, narrow
(360 px), large and large-narrow (200 % text), and the places first-run,
add-backend, live, load, cost and decide, from a display, a
session bus and settings of its own; two runs of the demo a language. A language is
drawn with the fonts of this machine; FONTCONFIG_FILE may name others."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

TOOLS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS.parent / 'ui'))

LANGUAGES = ['de', 'es', 'fr', 'zh_CN', 'ar']
WIDTH, HEIGHT, NARROW = 1280, 2600, 360

# The demo's evidence after this long is enough for a verdict.
EVIDENCE_SECONDS = 25
DRAWN_SECONDS = 2

# Name: text scale, width, and what the desktop is set to.
LOOKS = {
    'light': (1, WIDTH, 'default', False),
    'dark': (1, WIDTH, 'prefer-dark', False),
    'contrast': (1, WIDTH, 'default', True),
    'narrow': (1, NARROW, 'default', False),
    'large': (2, WIDTH, 'default', False),
    'large-narrow': (2, NARROW, 'default', False),
}


def xdotool(*words):
    return subprocess.run(['xdotool', *words], check=True, capture_output=True, text=True, timeout=30).stdout.strip()


class Photographer:
    """One run of the program in one language and text scale."""

    def __init__(self, build, folder, looks, demo):
        from gi.repository import Gio, GLib
        import atspi_driver

        self.folder = folder
        self.demo = demo
        self.looks = {name: LOOKS[name] for name in looks}
        self.program = atspi_driver.Program([str(build / 'app/steelyard')])
        self.variant = GLib.Variant
        self.window = self.program.focus_window()
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        config = (build / 'config.h').read_text(encoding='utf-8')
        name = re.search(r'APPLICATION_ID "(.*)"', config)[1]
        path = '/' + name.replace('.', '/')
        self.actions = Gio.DBusActionGroup.get(bus, name, path)
        self.window_actions = Gio.DBusActionGroup.get(bus, name, path + '/window/1')
        # The groups are empty until the program has told what is in them.
        for group in (self.actions, self.window_actions):
            group.list_actions()

    def wear(self, look):
        _, width, scheme, contrast = self.looks[look]
        for schema, key, value in (('interface', 'color-scheme', scheme),
                                   ('a11y.interface', 'high-contrast', str(contrast).lower())):
            subprocess.run(['gsettings', 'set', f'org.gnome.desktop.{schema}', key, value], check=True)
        xdotool('windowsize', self.window, str(width), str(HEIGHT), 'windowmove', self.window, '0', '0')

    def take(self, look, place, window=None):
        time.sleep(DRAWN_SECONDS)
        subprocess.run(['import', '-window', window or self.window, str(self.folder / f'{look}-{place}.png')], check=True)

    def take_dialog(self, look, place):
        time.sleep(DRAWN_SECONDS)
        dialog = xdotool('getactivewindow')
        if dialog == self.window:
            print(f'{self.folder.name}: {look}-{place}: there is no dialog')
            return
        height = re.search(r'HEIGHT=(\d+)', xdotool('getwindowgeometry', '--shell', dialog))[1]
        if self.looks[look][1] == NARROW:
            xdotool('windowsize', dialog, str(NARROW), height)
        self.take(look, place, dialog)
        self.program.key('Escape')
        time.sleep(DRAWN_SECONDS)

    def run(self):
        for look in self.looks:
            self.wear(look)
            self.take(look, 'first-run')
            self.window_actions.activate_action('add-backend', None)
            self.take_dialog(look, 'add-backend')

        self.window_actions.activate_action('demo', self.variant('s', self.demo))
        time.sleep(EVIDENCE_SECONDS)
        # What stands still is drawn once.
        self.window_actions.activate_action('paused', None)
        for look in self.looks:
            self.wear(look)
            for place in ('live', 'load', 'cost', 'decide'):
                self.actions.activate_action('show-page', self.variant('s', place))
                self.take(look, place)

        self.actions.activate_action('quit', None)
        self.program.end()


def start(build, folder, language, looks, demo):
    """Runs this file again on a display of its own."""
    env = dict(os.environ, XRUN_GEOM=f'{WIDTH}x{HEIGHT}x24', GSK_RENDERER='cairo', GDK_DEBUG='gl-disable',
               LANGUAGE=language, LC_ALL='C.UTF-8', ADW_DISABLE_PORTAL='1',
               STEELYARD_CLI=str(build / 'app/cli/steelyard-cli'), STEELYARD_DATADIR=str(TOOLS.parent.parent / 'data'),
               STEELYARD_LOCALEDIR=str(build / 'po'), GSETTINGS_SCHEMA_DIR=str(build / 'data'))
    subprocess.run([str(TOOLS / 'xrun.sh'), str(TOOLS / 'withwm.sh'), sys.executable, __file__, '--inside',
                    str(build), str(folder), ','.join(looks), demo], env=env, check=True)


def main():
    if sys.argv[1:2] == ['--inside']:
        build, folder, looks, demo = sys.argv[2:]
        looks = looks.split(',')
        if LOOKS[looks[0]][0] == 2:
            subprocess.run(['xrdb', '-nocpp', '-merge'], input='Xft.dpi: 192\n', text=True, check=True)
        Photographer(pathlib.Path(build), pathlib.Path(folder), looks, demo).run()
        return

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--looks', default=','.join(LOOKS), help='of those above, with commas')
    parser.add_argument('--demo', choices=('models', 'real'), default='models', help='models of two servers, or Node.js and Python')
    parser.add_argument('build', type=pathlib.Path)
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('languages', nargs='*', default=LANGUAGES)
    args = parser.parse_args()
    asked = args.looks.split(',')
    for language in args.languages:
        folder = args.folder.resolve() / language
        folder.mkdir(parents=True, exist_ok=True)
        for scale in (1, 2):
            # The scale is what a program reads once, when it starts.
            looks = [name for name in asked if LOOKS[name][0] == scale]
            if looks:
                start(args.build.resolve(), folder, language, looks, args.demo)


if __name__ == '__main__':
    main()
