"""F1 by a help viewer, by a browser, and without either.
SPDX-License-Identifier: GPL-3.0-or-later

A program of the test stands for each: it writes down what it was started with."""
import os
import shutil
import stat

from atspi_driver import Program, main, wait_for

HELP_SCHEME = 'x-scheme-handler/help'
PAGE = 'text/html'


class Desktop:
    """A data folder of a person, with programs that open this and that."""

    def __init__(self, name, types, has_pages):
        self.folder = os.path.join(os.environ['HOME'], name)
        self.log = os.path.join(self.folder, 'opened')
        applications = os.path.join(self.folder, 'applications')
        os.makedirs(applications)
        if has_pages:
            os.makedirs(os.path.join(self.folder, 'help/C/steelyard'))
            with open(os.path.join(self.folder, 'help/C/steelyard/index.page'), 'w', encoding='utf-8') as page:
                page.write('<page/>')
        script = os.path.join(self.folder, 'opener')
        with open(script, 'w', encoding='utf-8') as file:
            # In place at once, so that half a line is never read.
            file.write(f'#!/bin/sh\nprintf "%s" "$*" > "{self.log}.new"\nmv "{self.log}.new" "{self.log}"\n')
        os.chmod(script, os.stat(script).st_mode | stat.S_IXUSR)
        if types:
            with open(os.path.join(applications, 'opener.desktop'), 'w', encoding='utf-8') as file:
                file.write(f'[Desktop Entry]\nType=Application\nName=Opener\nExec={script} %u\nMimeType={";".join(types)};\n')
            with open(os.path.join(applications, 'mimeapps.list'), 'w', encoding='utf-8') as file:
                file.write('[Default Applications]\n' + ''.join(f'{kind}=opener.desktop\n' for kind in types))
        # Nothing of this machine: it may have a viewer, or a browser. Types of files are known.
        shared = os.path.join(self.folder, 'shared')
        os.makedirs(shared)
        for part in ('mime', 'icons', 'glib-2.0', 'themes', 'fonts'):
            if os.path.isdir(f'/usr/share/{part}'):
                os.symlink(f'/usr/share/{part}', os.path.join(shared, part))
        os.environ['XDG_DATA_HOME'] = self.folder
        os.environ['XDG_DATA_DIRS'] = shared
        os.environ['XDG_CONFIG_HOME'] = os.path.join(self.folder, 'config')
        os.environ['XDG_CONFIG_DIRS'] = os.path.join(self.folder, 'no-config')
        os.environ['XDG_CURRENT_DESKTOP'] = ''

    def opened(self):
        if not os.path.exists(self.log):
            return ''
        with open(self.log, encoding='utf-8') as log:
            return log.read()


def start(checks, path, what):
    program = Program([path])
    checks.ok(program.root and program.wait('Try the Demo'), f'{what}: the window is there')
    program.focus_window()
    return program


def finish(checks, program, what):
    # The window has the keyboard, also again after a message.
    program.key('ctrl+q')
    status = program.end()
    checks.ok(status == 0, f'{what}: it ends with status 0', status)
    checks.ok(program.warnings() == [], f'{what}: it warned of nothing', program.warnings())


def check_opened(checks, path, what, types, has_pages, expected):
    desktop = Desktop(what.replace(' ', '-'), types, has_pages)
    program = start(checks, path, what)
    program.key('F1')
    checks.ok(wait_for(lambda: expected(desktop.opened())), f'{what}: F1 opens it', desktop.opened())
    finish(checks, program, what)
    shutil.rmtree(desktop.folder)


def is_page(text):
    return text.startswith(('file:///', '/')) and text.endswith('/steelyard.html')


def check_neither(checks, path):
    what = 'neither'
    desktop = Desktop(what, (), True)
    program = start(checks, path, what)
    program.key('F1')
    checks.ok(program.wait('The Help Could Not Be Opened'), f'{what}: F1 says so')
    checks.ok(program.wait(r'Install a help viewer.*\n.*/steelyard\.html', exact=False), f'{what}: and what to do', program.labels())
    checks.ok(program.press('Close'), f'{what}: the message can be closed')
    checks.ok(wait_for(lambda: program.find('The Help Could Not Be Opened') is None), f'{what}: and is gone')
    finish(checks, program, what)
    shutil.rmtree(desktop.folder)


def check_menu(checks, path):
    what = 'menu'
    desktop = Desktop(what, (HELP_SCHEME,), True)
    program = start(checks, path, what)
    checks.ok(program.press('Main Menu'), f'{what}: the main menu opens')
    item = program.wait('Help', ('menu item',))
    if checks.ok(item, f'{what}: it has Help'):
        item.do_action(0)
    checks.ok(wait_for(lambda: desktop.opened() == 'help:steelyard'), f'{what}: which opens it', desktop.opened())
    finish(checks, program, what)
    shutil.rmtree(desktop.folder)


def run(checks, path):
    check_opened(checks, path, 'viewer', (HELP_SCHEME, PAGE), True, 'help:steelyard'.__eq__)
    # A viewer that does not find the pages would only say so.
    check_opened(checks, path, 'viewer without pages', (HELP_SCHEME, PAGE), False, is_page)
    check_opened(checks, path, 'browser', (PAGE,), True, is_page)
    check_neither(checks, path)
    check_menu(checks, path)


if __name__ == '__main__':
    main(run)
