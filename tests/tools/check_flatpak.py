#!/usr/bin/python3
"""Looks at the flatpak manifests, as far as that needs no flatpak.
SPDX-License-Identifier: GPL-3.0-or-later

usage: check_flatpak.py ID

ID is that of a release. Silent when all is well."""
import json
import pathlib
import re
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[2] / 'flatpak'
# What the sandbox lets through. Files, names on the bus and devices that are not
# here come by portals, which ask the person.
ALLOWED = {'--share=network', '--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}


def find_problems(path, expected_id):
    manifest = json.loads(path.read_text(encoding='utf-8'))
    if manifest['id'] != expected_id or path.stem != expected_id:
        yield f'the id is {manifest["id"]}'
    if set(manifest['finish-args']) != ALLOWED:
        yield f'the sandbox is another: {sorted(set(manifest["finish-args"]) ^ ALLOWED)}'
    if manifest['runtime'] != 'org.gnome.Platform' or not re.fullmatch(r'\d+', manifest['runtime-version']):
        yield 'the runtime is no release of GNOME'
    for module in manifest['modules']:
        for source in module['sources']:
            if source['type'] != 'dir' and not re.fullmatch(r'[0-9a-f]{64}', source.get('sha256', '')):
                yield f'{module["name"]}: a source without a checksum'
            if not all(url.startswith('https://') for url in [source.get('url', 'https://'), *source.get('mirror-urls', [])]):
                yield f'{module["name"]}: a source that comes in the clear'


def find_difference(path):
    """The twin is what variant.py makes of the one manifest."""
    answer = subprocess.run([sys.executable, FOLDER / 'variant.py', '--devel', '--here'], capture_output=True, text=True, check=True)
    if answer.stdout != path.read_text(encoding='utf-8'):
        yield 'is not what variant.py --devel --here writes'


def main():
    release = sys.argv[1]
    twin = f'{release}.Devel'
    problems = []
    for name in (release, twin):
        path = FOLDER / f'{name}.json'
        problems += [f'{path.name}: {problem}' for problem in find_problems(path, name)]
    problems += [f'{twin}.json: {problem}' for problem in find_difference(FOLDER / f'{twin}.json')]
    print('\n'.join(problems), end='\n' if problems else '')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
