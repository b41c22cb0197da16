#!/usr/bin/python3
"""Packed samples beside the blocks of VictoriaMetrics: the same eight signals, in one run, in turn.
SPDX-License-Identifier: GPL-3.0-or-later

usage: history_peers.py BENCH-HISTORY
"""
import glob
import statistics
import sys
import tempfile

import peers
import results

ROUNDS = 5
PEER = 'VictoriaMetrics blocks'
ROWS = {'pack: faster': 'ns', 'unpack: faster': 'ns', 'smaller': 'bytes'}


def main():
    bench = sys.argv[1]
    result = results.Result('history-peers')
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        blocks = peers.build_go('blocks', folder, peers.VICTORIA)
        signals = tempfile.mkdtemp(dir=folder)
        peers.run([bench, 'save', signals])
        for _ in range(ROUNDS):
            ours.append(peers.numbers([bench, 'time']))
            if blocks is not None:
                theirs.append(peers.numbers([blocks, '3'] + sorted(glob.glob(signals + '/*'))))

    for i, (row, unit) in enumerate(ROWS.items()):
        if not theirs or None in theirs:
            result.absent(row, 'x', PEER, peers.GO_PACKAGES[peers.VICTORIA])
            continue
        mine, other = (statistics.median(took[i] for took in side) for side in (ours, theirs))
        result.add(row, other / mine, 'x', peer=PEER,
                   note=f'{results.format_value(other)} and {results.format_value(mine)} {unit} a sample; '
                        f'{theirs[0][3] * 100:.1f} % of theirs come back exactly')
    result.finish()


main()
