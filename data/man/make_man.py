#!/usr/bin/python3
"""Writes a manual page from what a program says of itself.
SPDX-License-Identifier: GPL-3.0-or-later

usage: make_man.py NAME VERSION FRAME PROGRAM > PAGE

NAME is the page's, steelyard or steelyard-cli. PROGRAM is asked for --help, and
each command that it lists for `COMMAND --help`: the options and their words have
one source, which is the program. FRAME is a file beside this one with what a
program does not say of itself: sections in roff, before and after a line
`@OPTIONS@`."""
import argparse
import os
import pathlib
import re
import subprocess

OPTION = re.compile(r'^  (?P<flags>-\S.*?)(?:\s{2,}(?P<words>\S.*))?$')
COMMAND = re.compile(r'^  (?P<name>[a-z]+) +(?P<synopsis>\S.*)$')


def escape(text):
    """Text that roff takes as it is written."""
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + text if text[:1] in ('.', "'") else text


def ask(program, *arguments):
    # Without a display and in no language: the page must not depend on who builds it.
    # What a build with sanitizers leaks at its end is for the tests to say.
    environment = {'PATH': os.environ.get('PATH', ''), 'LC_ALL': 'C.UTF-8', 'HOME': '/nonexistent',
                   'ASAN_OPTIONS': 'detect_leaks=0'}
    result = subprocess.run([program, *arguments, '--help'], env=environment, capture_output=True, text=True, timeout=60,
                            check=True)
    return result.stdout.splitlines()


def read_options(lines):
    """The options that are the program's own, as (flags, words)."""
    own = lines[lines.index('Application Options:') + 1:] if 'Application Options:' in lines else []
    matches = (OPTION.match(line) for line in own)
    return [(match['flags'], match['words'] or '') for match in matches if match]


def format_options(options):
    for flags, words in options:
        name, _, value = flags.partition('=')
        yield '.TP'
        yield f'\\fB{escape(name)}\\fR' + (f'=\\fI{escape(value)}\\fR' if value else '')
        yield escape(words.rstrip('.') + '.')


def read_commands(lines):
    """What `--help` lists, as (name, synopsis, summary)."""
    start = lines.index('Commands:') + 1 if 'Commands:' in lines else len(lines)
    for line, following in zip(lines[start:], lines[start + 1:]):
        match = COMMAND.match(line)
        if match:
            yield match['name'], match['synopsis'], following.strip()


def format_commands(program, lines):
    yield '.SH COMMANDS'
    for name, synopsis, summary in read_commands(lines):
        help_lines = ask(program, name)
        yield f'.SS "{escape(name)} {escape(synopsis)}"'
        # A command's --help opens with its usage, then one paragraph.
        paragraph = ' '.join(help_lines[3:help_lines.index('Help Options:')]).strip()
        yield escape(paragraph or summary + '.')
        yield from format_options(read_options(help_lines))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('name')
    parser.add_argument('version')
    parser.add_argument('frame', type=pathlib.Path)
    parser.add_argument('program')
    options = parser.parse_args()

    lines = ask(options.program)
    body = list(format_commands(options.program, lines)) if 'Commands:' in lines else \
        ['.SH OPTIONS', *format_options(read_options(lines))]
    before, after = options.frame.read_text(encoding='utf-8').split('@OPTIONS@\n')
    print(f'.TH {options.name.upper()} 1 "" "Steelyard {options.version}" "User Commands"')
    print(before + '\n'.join(body) + '\n' + after, end='')


if __name__ == '__main__':
    main()
