"""Starts the desktop program and reads its window through the accessibility bus.
SPDX-License-Identifier: GPL-3.0-or-later

Run under tests/tools/xrun.sh, which gives a display and a session bus. At GTK 4.8
the state "showing" is absent, so "visible" is asked; a text is empty unless its
length is given; names of roles differ between versions of the bus."""
import os
import re
import subprocess
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

BUTTONS = ('push button', 'button', 'toggle button', 'switch', 'check box')


class Checks:
    """TAP out of single checks."""

    def __init__(self):
        self.n = 0
        self.failed = 0

    def ok(self, condition, what, detail=''):
        self.n += 1
        self.failed += not condition
        print(f"{'ok' if condition else 'not ok'} {self.n} - {what}", flush=True)
        if not condition and detail != '':
            print(f'# {detail}', flush=True)
        return bool(condition)

    def finish(self):
        print(f'1..{self.n}', flush=True)
        return 1 if self.failed else 0


def wait_for(question, seconds=30):
    """The first true answer of question(); objects may vanish while they are read."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            answer = question()
            if answer:
                return answer
        except GLib.Error:
            pass
        time.sleep(0.05)
    return None


def children(node):
    """What is below a node; nothing when it has gone meanwhile."""
    try:
        found = [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.Error:
        found = []
    return [child for child in found if child is not None]


def name_of(node):
    try:
        return node.get_name() or ''
    except GLib.Error:
        return ''


def description_of(node):
    try:
        return node.get_description() or ''
    except GLib.Error:
        return ''


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def is_visible(node):
    """What has gone while it was read is not."""
    try:
        return node.get_state_set().contains(Atspi.StateType.VISIBLE)
    except GLib.Error:
        return False


def active_title():
    """Of the window that has the keyboard, as the display says it: GTK 4.8 falls over a question of the bus about
    a window that is just going, so that is not waited for by asking."""
    return subprocess.run(['xdotool', 'getactivewindow', 'getwindowname'], capture_output=True, text=True, check=False).stdout.strip()


class Program:
    """The running program: find things by role and name, and use them."""

    def __init__(self, argv):
        self.stderr_path = os.path.join(os.environ['HOME'], 'stderr')
        self.stderr = open(self.stderr_path, 'w', encoding='utf-8')
        self.process = subprocess.Popen(argv, stderr=self.stderr, env=dict(os.environ, G_DEBUG='fatal-criticals'))
        self.root = wait_for(self._find_application, 30)

    @staticmethod
    def applications():
        return children(Atspi.get_desktop(0))

    def _find_application(self):
        for node in self.applications():
            if node.get_process_id() == self.process.pid:
                return node
        return None

    def find(self, name, roles=None, exact=True):
        for node in walk(self.root):
            if roles is not None and node.get_role_name() not in roles:
                continue
            label = name_of(node)
            if (label == name) if exact else re.search(name, label):
                return node
        return None

    def wait(self, name, roles=None, exact=True, seconds=30):
        return wait_for(lambda: self.find(name, roles, exact), seconds)

    def labels(self):
        return [name_of(n) for n in walk(self.root) if is_visible(n) and n.get_role_name() == 'label' and name_of(n)]

    def charts(self):
        return {n.get_name(): n.get_description() for n in walk(self.root)
                if n.get_role_name() in ('image', 'graphic', 'chart', 'drawing area') and ' of ' in (n.get_name() or '')}

    def press(self, name, seconds=30):
        """Activates a button by its accessible name."""
        node = self.wait(name, BUTTONS, seconds=seconds)
        if node is None:
            return False
        # A menu button holds the toggle that acts.
        for candidate in walk(node):
            action = candidate.get_action_iface()
            if action is not None and Atspi.Action.get_n_actions(candidate) > 0:
                Atspi.Action.do_action(candidate, 0)
                return True
        return False

    def entry(self, name):
        """The editable text at or below the thing of this name."""
        def look():
            for node in walk(self.root):
                if name_of(node).replace('_', '').startswith(name):
                    for inner in walk(node):
                        if 'EditableText' in inner.get_interfaces():
                            return inner
            return None
        return wait_for(look)

    def write(self, name, text):
        entry = self.entry(name)
        if entry is None:
            return False
        return Atspi.EditableText.set_text_contents(entry, text)

    def dump(self):
        for node in walk(self.root):
            print('#', node.get_role_name(), repr(node.get_name()), repr(node.get_description()),
                  ','.join(node.get_interfaces()))

    def warnings(self):
        self.stderr.flush()
        with open(self.stderr_path, encoding='utf-8') as lines:
            return [line.strip() for line in lines if re.search(r'-(WARNING|CRITICAL) \*\*|Gtk-WARNING|Adwaita-WARNING', line)]

    def key(self, keys):
        subprocess.run(['xdotool', 'key', keys], check=True)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '40', text], check=True)

    def focused(self, roles=None):
        """What has the keyboard, as the bus says it."""
        for node in walk(self.root):
            try:
                if node.get_state_set().contains(Atspi.StateType.FOCUSED) and (roles is None or node.get_role_name() in roles):
                    return node
            except GLib.Error:
                pass
        return None

    def focus_window(self):
        window = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(self.process.pid)],
                                check=True, capture_output=True, text=True).stdout.split()[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=True)
        return window

    def end(self, seconds=30):
        """Waits for the end; None when it had to be killed."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None


class Focus:
    """Hears where the keyboard goes, which is quicker than looking through the whole window."""

    def __init__(self):
        self.node = None
        self.context = GLib.MainContext.default()
        self.listener = Atspi.EventListener.new(self._heard)
        self.listener.register('object:state-changed:focused')

    def _heard(self, event):
        if event.detail1:
            self.node = event.source

    def after(self, act, seconds=1.5):
        """What has the focus after act(); None when it did not move."""
        self.node = None
        act()
        end = time.monotonic() + seconds
        while self.node is None and time.monotonic() < end:
            if not self.context.iteration(False):
                time.sleep(0.01)
        # A field tells of itself and of the text in it.
        while self.context.iteration(False):
            pass
        return self.node

    def stop(self):
        self.listener.deregister('object:state-changed:focused')


def main(run):
    if len(sys.argv) < 2:
        print('Bail out! usage: PROGRAM')
        sys.exit(1)
    Atspi.init()
    checks = Checks()
    run(checks, sys.argv[1])
    sys.exit(checks.finish())
