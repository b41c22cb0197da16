#!/usr/bin/python3
"""table.py: goals are judged by the median, and noise is told from a change.
SPDX-License-Identifier: GPL-3.0-or-later"""
import contextlib
import io
import json
import os
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import results  # pylint: disable=wrong-import-position
import table  # pylint: disable=wrong-import-position


class TableTest(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.TemporaryDirectory()
        self.addCleanup(self.top.cleanup)

    def folder(self, name, *figures):
        """A round in which the benchmark "b" found @figures."""
        path = os.path.join(self.top.name, name)
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, 'b.json'), 'w', encoding='utf-8') as out:
            json.dump({'bench': 'b', 'figures': list(figures)}, out)
        return path

    def run_table(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(table.main(list(arguments)), 0)
        return out.getvalue()

    def row(self, text, name):
        """The cells of the row of figure @name."""
        lines = [line for line in text.splitlines() if line.startswith(f'| b: {name} ')]
        self.assertEqual(len(lines), 1, text)
        return [cell.strip() for cell in lines[0].strip('|').split('|')]

    def test_goals_are_judged(self):
        text = self.run_table('show', self.folder('1', {'name': 'low', 'value': 2.0, 'unit': 'ms', 'at_most': 3},
                                                  {'name': 'high', 'value': 2.0, 'unit': 'x', 'at_least': 3},
                                                  {'name': 'equal', 'value': 3, 'unit': 'x', 'at_least': 3},
                                                  {'name': 'free', 'value': 1234.5, 'unit': 'us'}))
        self.assertEqual(self.row(text, 'low')[1:4], ['2 ms', '≤ 3', 'yes'])
        self.assertEqual(self.row(text, 'high')[1:4], ['2 x', '≥ 3', '**no**'])
        self.assertEqual(self.row(text, 'equal')[3], 'yes')
        self.assertEqual(self.row(text, 'free')[1:4], ['1234 us', '', ''])
        self.assertIn('2 goals met, 1 not met, 1 figures without', text)

    def test_what_has_no_goal_can_be_left_out(self):
        text = self.run_table('show', '--goals', self.folder('1', {'name': 'low', 'value': 2.0, 'unit': 'ms', 'at_most': 3},
                                                             {'name': 'free', 'value': 1, 'unit': 'us'}))
        self.assertEqual(self.row(text, 'low')[3], 'yes')
        self.assertNotIn('free', text)
        self.assertIn('1 goals met, 0 not met, 0 figures', text)

    def test_a_missing_peer_is_said_and_counts_for_nothing(self):
        text = self.run_table('show', self.folder('1', {'name': 'gone', 'value': None, 'unit': 'x', 'at_least': 3, 'peer': 'wrk',
                                                        'note': 'peer not installed: wrk'}))
        self.assertEqual(self.row(text, 'gone')[1:], ['– x', '≥ 3', '', 'wrk', 'peer not installed: wrk'])
        self.assertIn('0 goals met, 0 not met, 1 figures', text)

    def test_rounds_give_their_median(self):
        rounds = [self.folder(str(i), {'name': 'low', 'value': value, 'unit': 'ms', 'at_most': 3})
                  for i, value in enumerate([2.5, 9.0, 2.0])]
        self.assertEqual(self.row(self.run_table('show', *rounds), 'low')[1:4], ['2.5 ms', '≤ 3', 'yes'])

    def test_noise_is_told_from_a_change(self):
        before = [self.folder(f'b{i}', {'name': 'same', 'value': v, 'unit': 'ms'}, {'name': 'slower', 'value': v, 'unit': 'ms'})
                  for i, v in enumerate([1.0, 1.1, 1.2])]
        after = [self.folder(f'a{i}', {'name': 'same', 'value': v, 'unit': 'ms'}, {'name': 'slower', 'value': v + 1, 'unit': 'ms'},
                             {'name': 'new', 'value': 1, 'unit': 'ms'}) for i, v in enumerate([1.15, 1.05, 1.3])]
        text = self.run_table('compare', 'old', *before, '--', 'new', *after)
        self.assertEqual(self.row(text, 'same')[1:], ['1.1', '1.15', 'ms', '1.045', '21.7 %', 'noise'])
        self.assertEqual(self.row(text, 'slower')[4:], ['1.955', '18.2 %', 'differs'])
        self.assertEqual(self.row(text, 'new')[6], 'only one side has it')

    def test_what_a_benchmark_writes_is_read_back(self):
        os.environ['STEELYARD_BENCH_RESULTS'] = self.top.name
        self.addCleanup(os.environ.pop, 'STEELYARD_BENCH_RESULTS')
        result = results.Result('b')
        with contextlib.redirect_stdout(io.StringIO()):
            result.add('low', 2, 'ms', at_most=1)
            result.absent('gone', 'x', 'wrk', 'wrk', at_least=2)
        result.finish()
        self.note_machine([0.01, 0.02])
        found = results.read_folder(self.top.name)
        self.assertEqual(list(found), [('b', 'low'), ('b', 'gone')])
        self.assertFalse(found['b', 'low']['met'])
        self.assertNotIn('met', found['b', 'gone'])
        self.assertIn('abc123', self.run_table('show', self.top.name).splitlines()[0])

    def note_machine(self, cores):
        """As around a run, while others used @cores before and after."""
        with mock.patch.object(table, 'others_cores', lambda: cores.pop(0)):
            self.run_table('begin', self.top.name, 'abc123')
            self.run_table('end', self.top.name)

    def test_a_busy_machine_is_said(self):
        self.note_machine([0.01, 0.02])
        self.assertIn('else idle (others used 0.01 and 0.02 cores', table.describe_machine(self.top.name))
        self.note_machine([0.01, 0.5])
        self.assertIn('busy with other things', table.describe_machine(self.top.name))

    def test_rounds_are_interleaved(self):
        order = []

        def way(name, values):
            def run():
                order.append(name)
                return values.pop(0)
            return run

        self.assertEqual(results.interleave({'a': way('a', [1, 5, 2]), 'b': way('b', [7, 8, 9]), 'c': way('c', [None] * 3)}, 3),
                         {'a': 2, 'b': 8, 'c': None})
        self.assertEqual(''.join(order), 'abcabcabc')


class Tap(unittest.TextTestResult):
    """A line of TAP for each test."""

    def _line(self, good, test):
        print(f"{'ok' if good else 'not ok'} {self.testsRun} {test.id().rsplit('.', 1)[1]}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line(True, test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._line(False, test)

    def addError(self, test, err):
        super().addError(test, err)
        self._line(False, test)


if __name__ == '__main__':
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TableTest)
    print(f'1..{suite.countTestCases()}')
    sys.exit(not unittest.TextTestRunner(stream=sys.stderr, resultclass=Tap, verbosity=0).run(suite).wasSuccessful())
