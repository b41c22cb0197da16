"""What every Python system of the tests does, and how it measures itself.
SPDX-License-Identifier: GPL-3.0-or-later"""
import time

# Bounds a tenth apart: a percentile is then known to a tenth.
BUCKETS = tuple(float(f'{0.002 * 1.1 ** i:.3g}') for i in range(64))


def work(steps):
    x = 2166136261
    for i in range(steps):
        x = ((x ^ (i & 255)) * 16777619) & 0xffffffff
    return x


def calibrate():
    """Steps in a millisecond of CPU time: a fixed amount of work, never a burn by the clock."""
    work(20000)
    start = time.thread_time()
    work(100000)
    return 100000 / ((time.thread_time() - start) * 1000)


STEPS_PER_MS = calibrate()


def compute(ms):
    return work(round(ms * STEPS_PER_MS))
