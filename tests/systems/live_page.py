"""What the Live page says of a backend, read through the accessibility bus.
SPDX-License-Identifier: GPL-3.0-or-later

By itself, under tests/tools/xrun.sh: live_page.py STEELYARD URL [PICTURE] opens the window on one
address, waits for an answer and prints the labels of the window as JSON; PICTURE is a
file for what it then shows."""
import json
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
ANSWER_SECONDS = 20


def read(program, url, picture=None):
    """The labels of the window on @url, or None where there is no display to open it on."""
    argv = [str(TESTS / 'tools' / 'xrun.sh'), sys.executable, __file__, program, url] + ([picture] if picture else [])
    done = subprocess.run(argv, env=dict(os.environ, GSK_RENDERER='cairo', GDK_DEBUG='gl-disable', GSETTINGS_BACKEND='memory'),
                          capture_output=True, text=True, timeout=120, check=False)
    if '# SKIP' in done.stdout:
        return None
    if done.returncode != 0:
        raise RuntimeError(f'the window on {url}: {done.stdout} {done.stderr}'.replace('\n', ' | '))
    return json.loads(done.stdout)


def main():
    sys.path.insert(0, str(TESTS / 'ui'))
    from atspi_driver import Program, wait_for

    program = Program([sys.argv[1], sys.argv[2]])
    window = program.focus_window()

    def answered():
        labels = program.labels()
        return labels if any(label.endswith(' · live') for label in labels) else None
    labels = wait_for(answered, ANSWER_SECONDS) or program.labels()
    if len(sys.argv) > 3:
        subprocess.run(['import', '-window', window, sys.argv[3]], check=True)
    program.key('ctrl+q')
    program.end()
    print(json.dumps(labels))


if __name__ == '__main__':
    main()
