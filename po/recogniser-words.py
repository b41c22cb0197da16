#!/usr/bin/env python3
# recogniser-words.py: the sentences of data/recognisers/*.json, for translators
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: recogniser-words.py [--check]
# Writes po/recogniser-words.c, which is never compiled: only what collects
# the words to translate reads it. --check: says when it is not as it would be
# written, and changes nothing.

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = ROOT / 'po' / 'recogniser-words.c'
HEAD = '''/* recogniser-words.c: the sentences of data/recognisers, for translators
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by po/recogniser-words.py; never compiled.
 */
'''


def traps(rule):
    found = rule.get('trap', []) if isinstance(rule, dict) else []
    return found if isinstance(found, list) else [found]


def sentences(recogniser):
    """What a person reads of a recogniser file: not its names, not its lines of code."""
    for advice in recogniser.get('advice', []):
        yield advice['text']
    for rule in recogniser.get('signals', []) + recogniser.get('ignore', []):
        for trap in traps(rule):
            yield from (trap[member] for member in ('message', 'fix') if member in trap)


def render():
    """Each sentence once, under the file that has it first."""
    told = set()
    lines = [HEAD]
    for path in sorted((ROOT / 'data' / 'recognisers').glob('*.json')):
        recogniser = json.loads(path.read_text(encoding='utf-8'))
        new = [text for text in dict.fromkeys(sentences(recogniser)) if text and text not in told]
        told.update(new)
        if new:
            lines.append(f'\n/* {path.name} */\n')
            # JSON's escapes of quotes and backslashes are C's, too.
            lines.extend(f'N_({json.dumps(text, ensure_ascii=False)})\n' for text in new)
    return ''.join(lines)


def main():
    text = render()
    if sys.argv[1:] == ['--check']:
        if not OUTPUT.exists() or OUTPUT.read_text(encoding='utf-8') != text:
            print('po/recogniser-words.c: not what data/recognisers says: run po/recogniser-words.py')
            return 1
        return 0
    OUTPUT.write_text(text, encoding='utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main())
