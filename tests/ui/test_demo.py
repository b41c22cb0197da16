"""The demo in the real window: it moves, it fits any width, it ends with its children.
SPDX-License-Identifier: GPL-3.0-or-later"""
import re
import subprocess
import time

from atspi_driver import Program, main, wait_for

NAMES = ('Event loop', 'Threads with a global lock')


def geometry(window):
    text = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                          check=True, capture_output=True, text=True).stdout
    return {key: int(value) for key, value in re.findall(r'^(WIDTH|HEIGHT)=(\d+)$', text, re.M)}


def children_of(pid):
    listing = subprocess.run(['pgrep', '-P', str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(child) for child in listing.split()]


def is_running(pid):
    return subprocess.run(['kill', '-0', str(pid)], capture_output=True, check=False).returncode == 0


def run(checks, path):
    program = Program([path, '--demo'])
    if not checks.ok(program.root, 'the program is on the accessibility bus'):
        return
    window = program.focus_window()
    appeared = time.monotonic()

    def moving():
        charts = program.charts()
        return all('now ' in charts.get(f'Requests in flight of {name}', '')
                   and 'now unknown' not in charts.get(f'Requests in flight of {name}', '') for name in NAMES)
    checks.ok(wait_for(moving, 20), 'both columns move', program.charts())
    print(f'# both columns moved {time.monotonic() - appeared:.1f} s after the window was there', flush=True)

    def loaded():
        charts = program.charts()
        return all(re.search(r'now \d+ requests per second', charts.get(f'Throughput of {name}', '')) for name in NAMES)
    checks.ok(wait_for(loaded, 30), 'both carry the load', program.charts())

    for width, height in ((360, 640), (2560, 1300), (1280, 800)):
        subprocess.run(['xdotool', 'windowsize', window, str(width), str(height)], check=True)
        checks.ok(wait_for(lambda: geometry(window).get('WIDTH') == width),
                  f'the window can be {width} pixels wide', geometry(window))
        checks.ok(wait_for(moving), f'both columns go on at {width} pixels', program.charts())

    checks.ok(program.process.poll() is None, 'the program still runs')
    servers = children_of(program.process.pid)
    checks.ok(len(servers) >= 2, 'the servers are its children', servers)
    program.key('ctrl+q')
    status = program.end()
    checks.ok(status == 0, 'Ctrl+Q ends it with status 0', status)
    checks.ok(wait_for(lambda: not any(is_running(pid) for pid in servers)), 'no server outlives it', servers)
    checks.ok(program.warnings() == [], 'it warned of nothing', program.warnings())


main(run)
