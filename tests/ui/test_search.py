"""Recordings are found by the desktop's search, over the session bus, and opened from there.
SPDX-License-Identifier: GPL-3.0-or-later"""
import glob
import os
import shutil

from activation import ActivatedProgram, Service
from atspi_driver import main, wait_for
from test_activation import RECORDINGS, window
from test_alerts import is_chosen

PROVIDER = 'org.gnome.Shell.SearchProvider2'


class Provider:
    def __init__(self, service):
        self.service = service

    def call(self, method, signature, *arguments):
        answer = self.service.call(PROVIDER, method, signature, *arguments, path='/SearchProvider')
        return answer[0] if answer else None

    def find(self, *terms):
        return sorted(self.call('GetInitialResultSet', '(as)', list(terms)))


def put_recordings():
    """Those that come with the program, under names of a test's own, and one that is damaged."""
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'steelyard/recordings')
    os.makedirs(folder)
    for name, source in zip(('Friday evening', 'Saturday evening'), sorted(glob.glob(RECORDINGS))):
        shutil.copy(source, os.path.join(folder, f'{name}.steelyard'))
    with open(os.path.join(folder, 'Torn evening.steelyard'), 'wb') as torn:
        torn.write(b'SQLite format 3\0' + bytes(5000))
    return folder


def run(checks, path):
    folder = put_recordings()
    service = Service(path)
    provider = Provider(service)

    both = ['Friday evening', 'Saturday evening']
    checks.ok(provider.find('evening') == both, 'a search starts the program and finds what can be opened', provider.find('evening'))
    checks.ok(provider.find('EVEN', 'sat') == ['Saturday evening'], 'every term counts, in any case')
    checks.ok(provider.find('morning') == [], 'what is not there is not found')
    checks.ok(provider.find() == [], 'nothing is found by nothing')
    checks.ok(provider.find('127.0.0.1') == both, 'a backend is found by its address', provider.find('127.0.0.1'))
    checks.ok(provider.call('GetSubsearchResultSet', '(asas)', ['Friday evening', 'gone'], ['evening']) == ['Friday evening'],
              'a narrower search looks among what was found')

    metas = provider.call('GetResultMetas', '(as)', ['Friday evening', 'gone'])
    checks.ok(len(metas) == 1, 'what has gone is not described', metas)
    meta = metas[0]
    checks.ok(meta['id'] == meta['name'] == 'Friday evening' and ' · ' in meta['description'], 'what is there is', meta)
    checks.ok(service.name in str(meta['icon']), 'with the icon of the program', meta['icon'])

    os.rename(os.path.join(folder, 'Friday evening.steelyard'), os.path.join(folder, 'Sunday.steelyard'))
    checks.ok(provider.find('sunday') == ['Sunday'], 'the next search sees what has changed')

    provider.call('ActivateResult', '(sasu)', 'Sunday', ['sunday'], 0)
    program = ActivatedProgram(service)
    checks.ok(wait_for(lambda: window(program, 'Recording: Sunday.steelyard')), 'a result is opened')
    provider.call('LaunchSearch', '(asu)', ['evening'], 0)
    checks.ok(wait_for(lambda: is_chosen(program, 'Recordings')), 'the others are on the Recordings page')
    service.activate_action('quit')
    checks.ok(program.has_ended(), 'it ends')


if __name__ == '__main__':
    main(run)
