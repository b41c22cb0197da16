"""Programs of others that benchmarks measure beside ours: looked for, and built, when they are needed.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
GOCODE = '/usr/share/gocode'  # where Debian's -dev packages put Go sources
GO_PACKAGES = {
    'github.com/prometheus/common/expfmt': 'golang-go, golang-github-prometheus-common-dev',
    'github.com/VictoriaMetrics/VictoriaMetrics/lib': 'golang-go, golang-github-victoriametrics-victoriametrics-dev and what it imports',
}
EXPFMT, VICTORIA = GO_PACKAGES


def run(command, **options):
    """What it prints; None when it cannot be run or fails, which is said."""
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, **options).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        print(f'# {error}', flush=True)
        return None


def numbers(command):
    """The numbers that it prints, or None."""
    out = run(command)
    return [float(word) for word in out.split()] if out else None


def has_module(name):
    """Whether Debian's Python has it."""
    return subprocess.run(['/usr/bin/python3', '-c', f'import {name}'], stderr=subprocess.DEVNULL, check=False).returncode == 0


def build_go(name, folder, needs):
    """A program of peers/ with the Go sources of Debian that it @needs, built into @folder; None when it
    cannot be."""
    if shutil.which('go') is None or not os.path.isdir(os.path.join(GOCODE, 'src', needs)):
        return None
    out = os.path.join(folder, name)
    built = run(['go', 'build', '-o', out, 'clock.go', name + '.go'], cwd=os.path.join(HERE, 'peers'),
                env=dict(os.environ, GO111MODULE='off', GOPATH=GOCODE, GOFLAGS=''))
    return out if built is not None else None
