#!/usr/bin/python3
"""The streaming chart beside uPlot in a headless Chromium. In a display.
SPDX-License-Identifier: GPL-3.0-or-later

usage: chart_peers.py BENCH-CHART

Eight noisy series on 1200x400 that move by a pixel a frame; processor time a frame of all processes
of the browser, and of our process. Neither counts what a display server does with the picture.
STEELYARD_UPLOT is the file uPlot.iife.min.js of the npm package uplot.
"""
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading

import peers
import results

ROUNDS = 3
FRAMES = 60  # as in uplot.html
MAX_S = 120
SIZES = 1200, 100000
TICKS = os.sysconf('SC_CLK_TCK')


def tree_seconds(root):
    """Processor time of @root and of all that descends from it, those that have ended included."""
    parents, seconds = {}, {}
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            with open(f'/proc/{name}/stat', encoding='utf-8', errors='replace') as stat:
                fields = stat.read().rsplit(')', 1)[1].split()
        except OSError:  # it has just ended
            continue
        parents[int(name)] = int(fields[1])
        seconds[int(name)] = sum(map(int, fields[11:15])) / TICKS
    total = 0.0
    for pid in parents:
        at = pid
        while at not in (root, 0, 1) and at in parents:
            at = parents[at]
        if at == root:
            total += seconds[pid]
    return total


class Page(http.server.ThreadingHTTPServer):
    """Serves the page and its library, and notes the browser's time when the page says so."""

    def __init__(self, library):
        super().__init__(('127.0.0.1', 0), PageHandler)
        self.files = {'/': os.path.join(peers.HERE, 'peers', 'uplot.html'), '/uplot.js': library}
        self.browser = None
        self.noted = {}
        self.ended = threading.Event()


class PageHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # pylint: disable=invalid-name
        path = self.path.partition('?')[0]
        body = b''
        if path in ('/begin', '/end'):
            self.server.noted[path] = tree_seconds(self.server.browser)
        elif path in self.server.files:
            with open(self.server.files[path], 'rb') as text:
                body = text.read()
        self.send_response(200)
        self.send_header('Content-Type', 'text/javascript' if path.endswith('.js') else 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if path == '/end':
            self.server.ended.set()

    def log_message(self, *_):
        """It would be among the figures."""


def uplot(browser, library, samples):
    """Milliseconds a frame, or None."""
    with tempfile.TemporaryDirectory() as home, Page(library) as page:
        thread = threading.Thread(target=page.serve_forever, daemon=True)
        process = subprocess.Popen([browser, '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-extensions',
                                    f'--user-data-dir={home}/profile', '--window-size=1280,600',
                                    f'http://127.0.0.1:{page.server_port}/?{samples}'],
                                   env=dict(os.environ, HOME=home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        page.browser = process.pid
        thread.start()
        came = page.ended.wait(MAX_S)
        process.terminate()
        process.wait()
        page.shutdown()
    return (page.noted['/end'] - page.noted['/begin']) / FRAMES * 1e3 if came else None


def main():
    bench = sys.argv[1]
    result = results.Result('chart-peers')
    browser = shutil.which('chromium')
    library = os.environ.get('STEELYARD_UPLOT')
    for samples in SIZES:
        row, peer = f'8 series of {samples} samples, cheaper', 'uPlot in Chromium'
        ways = {'ours': lambda: (peers.numbers([bench, str(samples)]) or [None])[0]}
        if browser and library:
            ways['uplot'] = lambda: uplot(browser, library, samples)
        took = results.interleave(ways, ROUNDS)
        if took.get('uplot') is None or took['ours'] is None:
            result.absent(row, 'x', peer, 'chromium; uplot of npm')
        else:
            result.add(row, took['uplot'] / took['ours'], 'x', peer=peer,
                       note=f"{results.format_value(took['uplot'])} and {results.format_value(took['ours'])} ms a frame")
    result.finish()


main()
