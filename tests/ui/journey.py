"""From the first start of the program to a decision in a file, by one of two hands.
SPDX-License-Identifier: GPL-3.0-or-later

`Keys` is somebody who looks at the window and has a keyboard. `Bus` is somebody who
has the window read out: what can be done through the accessibility bus is done
there, and the rest by keys. Neither has a pointer."""
import copy
import json
import os
import re
import subprocess

from atspi_driver import Atspi, Focus, Program, active_title, children, name_of, wait_for
from notifications import Notifications
from test_alerts import is_chosen
from test_inputs import names_around, tab_to, text_of
from test_keyboard import IMAGES, ROWS

PAGES = ('Live', 'Load', 'Cost', 'Decide', 'Recordings')
CHOOSERS = ('Open Recording', 'Export Decision')
FIELDS = ('text', 'entry')
USE_CASE = 'API for mobile apps'
USE_CASE_PLACE = 8  # in the list, whose first line is that nothing is chosen
WEIGHED = ['tail-latency', 'overload', 'team-fit', 'cost', 'ecosystem']  # of the use case, without the two left out
LEFT_OUT = ('Built-in security', 'Burden of upgrades')
QUESTION = 'Most of the team has run this stack in production, backend A'


class Server:
    """A reference server, started as a person would."""

    def __init__(self, cli, model):
        self.process = subprocess.Popen([cli, 'serve', '--model', model, '--port', '0'], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.url = re.fullmatch(r'listening on (http://\S+)\n', line).group(1).rstrip('/')
        self.address = self.url[len('http://'):]

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Keys:
    """Reads through the bus, and never acts on it."""

    def __init__(self, program):
        self.program = program
        self.focus = Focus()

    def names(self):
        """Of what has the keyboard now, and of what that is in."""
        while self.focus.context.iteration(False):
            pass
        return names_around(self.focus.node)

    def begins_in(self, title, name):
        """Whether the keyboard is there when a window of this title opens, of which no event tells."""
        dialog = view_of(self.program, title)
        node = dialog and wait_for(dialog.focused)
        self.focus.node = node
        return node is not None and names_around(node)[0] == name

    def stands_on(self, name):
        """What was pressed may have lost the keyboard since, as it could not be pressed any more."""
        return self.names()[:1] == [name] and self.focus.node.get_state_set().contains(Atspi.StateType.FOCUSED)

    def reach(self, name):
        return self.stands_on(name) or tab_to(self.program, self.focus, rf'\A{re.escape(name)}$')

    def press(self, name, view=None):
        reached = self.reach(name)
        if reached:
            self.program.key('space')
        return reached

    def write(self, name, text):
        reached = self.reach(name)
        if reached:
            self.program.key('ctrl+a')
            self.program.type(text)
        return reached and wait_for(lambda: text_of(self.focus.node) == text)

    def choose(self, row, place):
        """The line at this place of what a row offers, from the first."""
        reached = self.reach(row)
        if reached:
            self.program.key('space')
            for _ in range(place):
                self.program.key('Down')
            self.program.key('Return')
        return reached

    def show_page(self, name, view):
        for _ in range(PAGES.index(name)):
            self.program.key('ctrl+Next')
        return wait_for(lambda: is_chosen(view, name))

    def read_charts(self, names, view):
        """What is heard of each chart when the keyboard comes to it."""
        heard = {}
        for _ in range(120):
            node = self.focus.after(lambda: self.program.key('Tab'))
            if node is not None and node.get_role_name() in IMAGES:
                heard[name_of(node)] = node.get_description() or ''
            if all(name in heard for name in names):
                break
        return heard

    def go_to_end(self, view):
        self.program.key('End')

    def open_recording(self, path, view):
        # openbox may leave the keyboard with nobody where a chooser and the dialog under it go at once.
        if not wait_for(lambda: active_title() == 'Steelyard', 5):
            self.program.focus_window()
        self.program.key('ctrl+o')
        wait_for(lambda: active_title() == 'Open Recording')
        self.type_path(path)

    def choosers(self):
        """Those of files, which GTK makes no frame of; the dialog of the export has the title of its chooser."""
        return [window for window in children(self.program.root)
                if name_of(window) in CHOOSERS and window.get_role_name() != 'frame']

    def type_path(self, path):
        """Into the chooser of files, once it has the keyboard. The first Enter may take what it has completed."""
        chooser = copy.copy(self.program)
        chooser.root = wait_for(lambda: next((window for window in self.choosers() if name_of(window) == active_title()), None))
        if not wait_for(lambda: chooser.focused(FIELDS), 1):
            self.program.key('ctrl+l')
            wait_for(lambda: chooser.focused(FIELDS))
        self.program.key('ctrl+a')
        self.program.type(path)
        wait_for(lambda: text_of(chooser.focused(FIELDS)) == path)
        for _ in range(2):
            self.program.key('Return')
            if wait_for(lambda: active_title() not in CHOOSERS, 5):
                break


class Bus(Keys):
    def press(self, name, view=None):
        return (view or self.program).press(name)

    def write(self, name, text):
        return self.program.write(name, text)

    def show_page(self, name, view):
        tab = view.wait(name, ('page tab',))
        return tab is not None and Atspi.Action.do_action(tab, 0) and wait_for(lambda: is_chosen(view, name))

    def read_charts(self, names, view):
        return wait_for(lambda: (lambda charts: charts if all(charts.get(name) for name in names) else None)(view.charts())) or {}

    def go_to_end(self, view):
        slider = view.wait('Time in the Recording', ('slider',))
        slider.set_current_value(slider.get_maximum_value())


def view_of(program, title):
    """The program as if it had that window alone."""
    window = wait_for(lambda: next((node for node in children(program.root) if re.match(title, name_of(node))), None))
    view = copy.copy(program)
    view.root = window
    return view if window is not None else None


def connect(checks, hand, server, name):
    """By an address that is typed."""
    program = hand.program
    checks.ok(hand.press('Add Backend…'), f'{name}: Add Backend can be pressed')
    checks.ok(hand.begins_in('Add Backend', 'Address'), f'{name}: the keyboard is in Address, and it is heard', hand.names())
    checks.ok(hand.write('Address', server.address), f'{name}: the address can be typed')
    checks.ok(hand.write('Name (optional)', name), f'{name}: and a name')
    checks.ok(hand.press('Check'), f'{name}: Check can be pressed')
    checks.ok(program.wait('What It Says'), f'{name}: it says what it found')
    checks.ok(hand.press('Add'), f'{name}: Add can be pressed')
    checks.ok(wait_for(lambda: active_title() == 'Steelyard'), f'{name}: the dialog goes', active_title())
    return checks.ok(program.wait(f'Throughput of {name}'), f'{name}: a column appears')


def read_live(checks, hand, view, names):
    wanted = [f'{row} of {name}' for name in names for row in ROWS]
    heard = hand.read_charts(wanted, view)
    for name in wanted:
        checks.ok(heard.get(name), f'{name}: a name and a sentence', heard.get(name))
    return heard


def decide(checks, hand, view):
    """Weights first, as the page asks for."""
    checks.ok(hand.show_page('Decide', view), 'there is a page to decide on')
    checks.ok(view.wait('Say First What Matters', ('label',)), 'it asks what matters first')
    checks.ok(hand.choose('Start From', USE_CASE_PLACE), 'a kind of product can be chosen')
    checks.ok(view.wait(USE_CASE, ('label',)), f'it is “{USE_CASE}”')
    for criterion in LEFT_OUT:
        checks.ok(hand.press(f'Leave Out: {criterion}', view), f'{criterion} can be left out')
        checks.ok(view.wait(f'Weigh Too: {criterion}'), 'and is')


def answer(checks, hand):
    """One question that only a person can answer: the priorities have a row of that name, too."""
    checks.ok(tab_to(hand.program, hand.focus, r'\ATeam and shared language\n(?!What Matters)'), 'Tab leads to what one judges')
    hand.program.key('Return')
    checks.ok(hand.choose(QUESTION, 1), 'and to a question, which is answered')


def export(checks, hand, view, path):
    checks.ok(view.wait('Export Decision…'), 'there is a decision to export')
    checks.ok(hand.press('Export Decision…', view), 'Export Decision can be pressed')
    checks.ok(hand.program.wait('Export…'), 'a dialog asks how')
    checks.ok(hand.press('Export…'), 'Export can be pressed')
    hand.type_path(path)
    checks.ok(wait_for(lambda: os.path.exists(path)), 'it is written', active_title())


def check_file(checks, cli, view, path, expected):
    """It says what the window says, and can be used."""
    said = view.labels()
    with open(path, encoding='utf-8') as file:
        decision = json.load(file)
    verdict = decision['verdict']
    checks.ok(decision['schema'] == 'steelyard.decision/1', 'the file is a decision', decision['schema'])
    checks.ok([side['label'] for side in decision['alternatives']] == ['Orders', 'Basket'], 'of these two', decision['alternatives'])
    checks.ok(verdict['state'] == expected, f'its verdict is {expected}', verdict)
    checks.ok(verdict['headline'] in said, 'in the words of the window', (verdict['headline'], said))
    checks.ok(verdict['paragraph'] in said, 'with the same paragraph', verdict['paragraph'])
    criteria = [criterion['name'] for criterion in decision['decision']['criteria']]
    checks.ok(criteria == WEIGHED, 'by the criteria that were weighed', criteria)

    report = f'{path}.md'
    done = subprocess.run([cli, 'report', path, '-o', report], capture_output=True, text=True, check=False)
    checks.ok(done.returncode == 0, 'steelyard-cli makes a report of it', done.stderr)
    with open(report, encoding='utf-8') as file:
        text = file.read()
    checks.ok('Orders' in text and 'Basket' in text, 'of these two', text[:400])
    return verdict


def travel_live(checks, hand, cli, servers):
    """Two servers that run: too early for a verdict, and both the window and the file say so."""
    program = hand.program
    if not all(connect(checks, hand, server, name) for server, name in zip(servers, ('Orders', 'Basket'))):
        return
    checks.ok(wait_for(lambda: all('requests per second' in program.charts().get(f'Throughput of {name}', '')
                                   for name in ('Orders', 'Basket'))), 'both carry the load', program.charts())
    heard = read_live(checks, hand, program, ('Orders', 'Basket'))
    checks.ok(re.search(r'now [\d.,]+ requests per second', heard.get('Throughput of Orders', '')), 'the sentences are of the data', heard)
    checks.ok(program.wait('^No verdict yet', ('label',), exact=False), 'the strip says that it is too early', program.labels())

    decide(checks, hand, program)
    answer(checks, hand)
    path = os.path.join(os.environ['HOME'], 'live.json')
    export(checks, hand, program, path)
    check_file(checks, cli, program, path, 'NOT_YET')


def travel_recording(checks, hand, cli, recording):
    """A recording with enough evidence: one of the two is ahead."""
    hand.open_recording(recording, hand.program)
    wait_for(lambda: active_title().startswith('Recording: '))
    view = view_of(hand.program, 'Recording: ')
    if not checks.ok(view, 'a recording can be opened', [name_of(node) for node in children(hand.program.root)]):
        return
    checks.ok(view.wait('Time in the Recording', ('slider',)), 'it has a window of its own')
    hand.go_to_end(view)
    checks.ok(view.wait('end of the recording$', ('label',), exact=False), 'it can be read to its end')
    # A chart writes its sentence anew once a second.
    checks.ok(wait_for(lambda: all('between' in view.charts().get(f'Throughput of {name}', '') for name in ('Orders', 'Basket'))),
              'the charts have it', view.charts())
    heard = read_live(checks, hand, view, ('Orders', 'Basket'))
    checks.ok('between' in heard.get('Throughput of Basket', ''), 'the sentences are of the data', heard)
    checks.ok(view.wait('^Orders is ahead', ('label',), exact=False), 'the strip has a verdict', view.labels())

    checks.ok(hand.show_page('Decide', view), 'there is a page to decide on')
    checks.ok(all(view.wait(f'Weigh Too: {criterion}') for criterion in LEFT_OUT), 'what was weighed goes along')
    checks.ok(view.wait('^Orders is ahead', ('label',), exact=False), 'the page has one', view.labels())
    path = os.path.join(os.environ['HOME'], 'decision.json')
    export(checks, hand, view, path)
    verdict = check_file(checks, cli, view, path, 'A_AHEAD')
    checks.ok(verdict['headline'].startswith('Orders is ahead'), 'Orders is ahead in both', verdict)


def travel(checks, path, cli, maker, make_hand):
    recording = os.path.join(os.environ['HOME'], 'two-shops.steelyard')
    checks.ok(not os.path.exists(os.environ['XDG_CONFIG_HOME']) and not os.path.exists(os.environ['XDG_DATA_HOME']),
              'nobody has used it before')
    subprocess.run([maker, recording], check=True, env=dict(os.environ, XDG_DATA_HOME=os.path.join(os.environ['HOME'], 'maker')))
    program = Program([path])
    if not checks.ok(program.root, 'the program is on the accessibility bus'):
        return
    hand = make_hand(program)
    program.focus_window()
    checks.ok(program.wait('Weigh Your Backends', ('label',)), 'an empty window says what it is for')
    desktop = Notifications()
    servers = Server(cli, 'event-loop'), Server(cli, 'threads')
    load = subprocess.Popen([cli, 'drive', *[server.url for server in servers], '--rate', '40', '--workload', 'mixed', '--for', '2m'],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    travel_live(checks, hand, cli, servers)
    travel_recording(checks, hand, cli, recording)
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())
    hand.focus.stop()
    program.key('ctrl+q')
    checks.ok(program.end() == 0, 'Ctrl+Q ends it')
    desktop.stop()
    load.terminate()
    load.wait()
    for server in servers:
        server.stop()
