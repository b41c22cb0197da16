#!/usr/bin/env python3
# data-words.py: the sentences of the data files, for translators
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: data-words.py [--check]
# Writes po/data-words.c, which is never compiled: only what collects the words
# to translate reads it. --check: says when it is not as it would be written, and
# changes nothing.
#
# Prices are left out: names of products and sources stay as their makers wrote them.

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = ROOT / 'po' / 'data-words.c'
HEAD = '''/* data-words.c: the sentences of the data files, for translators
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by po/data-words.py; never compiled.
 */
'''


def traps(rule):
    found = rule.get('trap', []) if isinstance(rule, dict) else []
    return found if isinstance(found, list) else [found]


def of_recogniser(recogniser):
    """What a person reads of it: not its names, not its lines of code."""
    for advice in recogniser.get('advice', []):
        yield advice['text']
    for rule in recogniser.get('signals', []) + recogniser.get('ignore', []):
        for trap in traps(rule):
            yield from (trap[member] for member in ('message', 'fix') if member in trap)


def of_use_case(use_case):
    for criterion in use_case.get('criteria', []):
        yield from (criterion['label'], criterion['meaning'])
        yield from (item['text'] for item in criterion['items'])
    yield from (use_case[member] for member in ('name', 'summary') if member in use_case)
    for member in ('slo', 'traffic'):
        yield from (use_case.get(member, {}).get(reason, '') for reason in ('why', 'growth_why'))
    yield from (priority['why'] for priority in use_case.get('priorities', []))


def of_workload(workload):
    yield from (workload['name'], workload['use_case'])


FOLDERS = {'recognisers': of_recogniser, 'use-cases': of_use_case, 'workloads': of_workload}


def render():
    """Each sentence once, under the file that has it first."""
    told = set()
    lines = [HEAD]
    for folder, sentences in FOLDERS.items():
        for path in sorted((ROOT / 'data' / folder).glob('*.json')):
            document = json.loads(path.read_text(encoding='utf-8'))
            new = [text for text in dict.fromkeys(sentences(document)) if text and text not in told]
            told.update(new)
            if new:
                lines.append(f'\n/* {folder}/{path.name} */\n')
                # JSON's escapes of quotes and backslashes are C's, too.
                lines.extend(f'N_({json.dumps(text, ensure_ascii=False)})\n' for text in new)
    return ''.join(lines)


def main():
    text = render()
    if sys.argv[1:] == ['--check']:
        if not OUTPUT.exists() or OUTPUT.read_text(encoding='utf-8') != text:
            print('po/data-words.c: not what the data files say: run po/data-words.py')
            return 1
        return 0
    OUTPUT.write_text(text, encoding='utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main())
