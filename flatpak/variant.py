#!/usr/bin/python3
"""Writes a variant of the manifest, so that there is one manifest to keep.
SPDX-License-Identifier: GPL-3.0-or-later

usage: variant.py [--devel] [--here] [--stand-in SUITE] > MANIFEST

--devel is the program that is installed beside a release: the id's suffix and the
build option. With --here the manifest is one to stay in this folder, as the twin of
--devel does: `variant.py --devel --here > io.github.steelyard.Steelyard.Devel.json`,
which check-flatpak compares. --stand-in takes the runtime that stand-in-runtime.sh makes; GSL is in
that runtime already, so its module is left out. Nothing else differs."""
import argparse
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
MANIFEST = HERE / 'io.github.steelyard.Steelyard.json'
STAND_IN = 'io.github.steelyard.Debian'


def make_devel(manifest):
    manifest['id'] += '.Devel'
    manifest['modules'][-1]['config-opts'] = ['-Ddevelopment=true']


def make_stand_in(manifest, suite):
    manifest['runtime'] = f'{STAND_IN}.Platform'
    manifest['sdk'] = f'{STAND_IN}.Sdk'
    manifest['runtime-version'] = suite
    manifest['modules'] = [module for module in manifest['modules'] if module['name'] != 'gsl']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--devel', action='store_true')
    parser.add_argument('--here', action='store_true')
    parser.add_argument('--stand-in', metavar='SUITE')
    options = parser.parse_args()
    manifest = json.loads(MANIFEST.read_text(encoding='utf-8'))
    # Otherwise it may be written anywhere; the tree stays where it is.
    if not options.here:
        manifest['modules'][-1]['sources'][0]['path'] = str(HERE.parent)
    if options.devel:
        make_devel(manifest)
    if options.stand_in:
        make_stand_in(manifest, options.stand_in)
    print(json.dumps(manifest, indent=4))


if __name__ == '__main__':
    main()
