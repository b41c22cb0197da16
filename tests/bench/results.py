"""The figures of benchmarks: written by those in Python, read by table.py.
SPDX-License-Identifier: GPL-3.0-or-later

A folder of results has NAME.json for each benchmark that ran, as
sy-bench-result.h writes them:

  {"bench": "lines", "figures": [{"name": "dense", "value": 0.21, "unit": "ms",
   "at_most": 0.3, "peer": …, "note": …, "met": true}, …]}

A value of null was not measured; the note says why.
"""
import json
import os
import statistics


class Result:
    """What one benchmark found. Prints each figure as it comes, and writes all by finish()."""

    def __init__(self, bench):
        self.bench = bench
        self.figures = []

    def add(self, name, value, unit, at_most=None, at_least=None, peer=None, note=None):
        figure = {'name': name, 'value': value, 'unit': unit}
        for key, goal in ('at_most', at_most), ('at_least', at_least):
            if goal is not None:
                figure[key] = goal
                if value is not None:
                    figure['met'] = value <= goal if key == 'at_most' else value >= goal
        if peer is not None:
            figure['peer'] = peer
        if note is not None:
            figure['note'] = note
        self.figures.append(figure)
        print(f'{name:40} {format_value(value)} {unit}' + (f'  ({note})' if note else ''), flush=True)

    def absent(self, name, unit, peer, what, **goals):
        """A row whose peer is not there; @what would bring it."""
        self.add(name, None, unit, peer=peer, note=f'peer not installed: {what}', **goals)

    def finish(self):
        folder = os.environ.get('STEELYARD_BENCH_RESULTS')
        if folder:
            with open(os.path.join(folder, self.bench + '.json'), 'w', encoding='utf-8') as out:
                json.dump({'bench': self.bench, 'figures': self.figures}, out, indent=1)


def format_value(value):
    """Four digits that mean something, or a dash."""
    if value is None:
        return '–'
    return f'{value:.0f}' if abs(value) >= 1000 else f'{value:.3g}'


def read_folder(folder):
    """{(benchmark, figure's name): figure} of all results in @folder, in the order of the files' names."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith('.json') or name == 'machine.json':
            continue
        with open(os.path.join(folder, name), encoding='utf-8') as text:
            result = json.load(text)
        for figure in result['figures']:
            found[result['bench'], figure['name']] = figure
    return found


def interleave(ways, rounds):
    """Calls each function of @ways (name: function) once a round, in turn, so that what else runs
    disturbs all alike. Returns name: the median of what it returned; None where it returned that."""
    got = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            value = way()
            if value is not None:
                got[name].append(value)
    return {name: statistics.median(values) if values else None for name, values in got.items()}
