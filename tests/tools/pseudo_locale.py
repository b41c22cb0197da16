#!/usr/bin/python3
"""Writes a catalogue in which every message is marked: ⟦Add Backend… ⟧.
SPDX-License-Identifier: GPL-3.0-or-later

usage: pseudo_locale.py SOURCE OUT

SOURCE is the tree; OUT/xx/LC_MESSAGES/steelyard.mo is written. What the program
shows without marks was not given to translators, or is not ours. Marked messages
are longer by a third, as they may be in other languages.

The format of a compiled catalogue is that of the GNU gettext manual, "The Format of
GNU MO Files"."""
import ast
import pathlib
import re
import struct
import subprocess
import sys

LANGUAGE = 'xx'
OPEN, CLOSE = '\u27e6', '\u27e7'

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']


def extract(source):
    """The messages of the tree, as (context or None, singular, plural or None)."""
    text = subprocess.run(['xgettext', '--from-code=UTF-8', '--files-from=po/POTFILES.in', '--output=-', '--no-wrap',
                           *(f'--keyword={keyword}' for keyword in KEYWORDS)],
                          cwd=source, check=True, capture_output=True, text=True).stdout
    for entry in text.split('\n\n'):
        fields = {}
        for line in entry.splitlines():
            match = re.match(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', line)
            if match:
                field = match[1]
                fields[field] = ast.literal_eval(match[2])
            elif line.startswith('"'):
                fields[field] += ast.literal_eval(line)
        if fields.get('msgid'):
            yield fields.get('msgctxt'), fields['msgid'], fields.get('msgid_plural')


def mark(text):
    """The message between marks, longer by a third; a line feed at its end stays there."""
    core = text.rstrip('\n')
    return OPEN + core + ' ' + '~' * (len(core) // 3) + CLOSE + text[len(core):]


def compile_catalogue(messages):
    header = 'Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n'
    pairs = {b'': header.encode()}
    for context, singular, plural in messages:
        key = (context + '\4' if context else '') + singular + ('\0' + plural if plural else '')
        value = mark(singular) + ('\0' + mark(plural) if plural else '')
        pairs[key.encode()] = value.encode()

    keys = sorted(pairs)
    n = len(keys)
    start = 28 + 16 * n
    tables, blob = [], b''
    for items in keys, [pairs[key] for key in keys]:
        for item in items:
            tables.append(struct.pack('<II', len(item), start + len(blob)))
            blob += item + b'\0'

    return struct.pack('<7I', 0x950412de, 0, n, 28, 28 + 8 * n, 0, 0) + b''.join(tables) + blob


def main():
    source, out = map(pathlib.Path, sys.argv[1:3])
    folder = out / LANGUAGE / 'LC_MESSAGES'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'steelyard.mo').write_bytes(compile_catalogue(extract(source)))


if __name__ == '__main__':
    main()
