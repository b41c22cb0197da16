#!/usr/bin/python3
"""The parser beside those of others: the same bodies, in one run, in turn.
SPDX-License-Identifier: GPL-3.0-or-later

usage: parse_peers.py BENCH-EXPOSITION

Processor time of the whole process a sample. All read each line whole, also of series that they
know; our “steady”, which reads only the numbers of lines that it saw last time, is beside them.
"""
import sys
import tempfile

import peers
import results

ROUNDS = 5
# name: the goal, and what would bring it
PEERS = {
    'VictoriaMetrics': (2, peers.GO_PACKAGES[peers.VICTORIA]),
    'Prometheus expfmt': (None, peers.GO_PACKAGES[peers.EXPFMT]),
    'prometheus_client': (None, 'python3-prometheus-client'),
}


def find_peers(folder):
    """Name: the command without its rounds and bodies, or None."""
    common = peers.build_go('expfmt', folder, peers.EXPFMT)
    victoria = peers.build_go('victoria', folder, peers.VICTORIA)
    return {
        'VictoriaMetrics': [victoria] if victoria else None,
        'Prometheus expfmt': [common] if common else None,
        'prometheus_client': ['/usr/bin/python3', peers.HERE + '/peers/client_parse.py'] if peers.has_module('prometheus_client') else None,
    }


def measure(command):
    found = peers.numbers(command)
    return found[0] if found else None


def main():
    bench = sys.argv[1]
    result = results.Result('parse-peers')
    with tempfile.TemporaryDirectory() as folder:
        peers.run([bench, 'save', folder])
        bodies = [f'{folder}/body-1', f'{folder}/body-2']
        ways = {'known': lambda: measure([bench, 'known', '2000']), 'steady': lambda: measure([bench, 'steady', '4000'])}
        for name, command in find_peers(folder).items():
            if command is not None:
                rounds = '20' if name == 'prometheus_client' else '1000'
                ways[name] = lambda command=command, rounds=rounds: measure(command + [rounds] + bodies)
        took = results.interleave(ways, ROUNDS)

    for name in took:
        if took[name] is not None:
            result.add(f'{name}, a sample', took[name], 'ns')
    for name, (goal, package) in PEERS.items():
        row = f'known: faster than {name}'
        if took.get(name) is None or took['known'] is None:
            result.absent(row, 'x', name, package, at_least=goal)
        else:
            result.add(row, took[name] / took['known'], 'x', at_least=goal, peer=name)
    result.finish()


main()
