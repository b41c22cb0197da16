"""The window in a language in which every message is marked: nothing that people read was left out.
SPDX-License-Identifier: GPL-3.0-or-later

What has letters outside of the marks is either data (an address, a name that a
server gave), or GTK's own, or a defect."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from atspi_driver import Program, description_of, main, name_of, wait_for, walk

TOOL = pathlib.Path(__file__).resolve().parent.parent / 'tools/pseudo_locale.py'
SOURCE = TOOL.parent.parent.parent

MARKED = re.compile('\u27e6[^\u27e6\u27e7]*\u27e7')
LETTERS = re.compile('[A-Za-z]{2,}')

# Data, and words that are the same in every language.
DATA = re.compile(r'''https?://\S+|127\.0\.0\.1:\d+|steelyard[\w.-]*|Steelyard|Prometheus|OpenMetrics|Node\.js|Python
                  |p50|p95|p99|SLO|CSV|PNG|SVG|PDF|CPU|USD|EUR|JSON|[kMG]B|[kMG]iB|\bms\b|AWS|event-loop|gil-threads|[a-z]+/[\w./-]+''', re.X)

# What has no name goes by its type at our floor, and some words come from GTK.
TYPE = re.compile('(?:Adw|Gtk|Beam|Sy)[A-Z][A-Za-z]+')
GTK = {*(f'{verb}{what}' for verb in ('Minimize', 'Maximize', 'Close') for what in ('', ' the window')), '(None)'}


def leftover(text):
    """What stays of a text without marks, data and symbols."""
    previous = None
    while previous != text:
        previous, text = text, MARKED.sub(' ', text)
    # A name that was cut off in the middle of its marks.
    if '\u27e6' in text or '\u27e7' in text:
        text = ''
    return text if text not in GTK and not TYPE.fullmatch(text) and LETTERS.search(DATA.sub(' ', text)) else ''


def unmarked(program):
    """Names and descriptions of all that is in the window, also of what is not in sight."""
    found = {}
    for node in walk(program.root):
        for text in (name_of(node), description_of(node)):
            if leftover(text):
                found[text] = node.get_role_name()
    return found


def check_page(checks, program, title):
    found = unmarked(program)
    checks.ok(not found, f'{title}: every word can be translated', '; '.join(f'{role}: {text}' for text, role in found.items()))


def run(checks, path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(TOOL), str(SOURCE), folder], check=True)
        os.environ.update(LANGUAGE='xx', LC_ALL='C.UTF-8', STEELYARD_LOCALEDIR=folder)
        program = Program([path, '--interval', '0.5'])
        if not checks.ok(program.root, 'the program is on the accessibility bus'):
            return
        marked = checks.ok(program.wait('\u27e6Try the Demo', exact=False), 'the language is in use')
        check_page(checks, program, 'First run')
        if not marked:
            return
        node = program.find('\u27e6Try the Demo', exact=False)
        program.press(name_of(node))
        checks.ok(wait_for(lambda: any('99 %' in text for text in program.labels())), 'the demo runs', program.labels())
        # The other pages are there as well, out of sight.
        check_page(checks, program, 'All pages')
        program.press(name_of(program.find('\u27e6Add Backend…', exact=False)))
        checks.ok(program.wait('\u27e6_?Address', exact=False), 'the dialog opens')
        check_page(checks, program, 'Add Backend')
        program.process.terminate()
        program.end()


if __name__ == '__main__':
    main(run)
