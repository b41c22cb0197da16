"""Tells prometheus_client of workers that ended.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os

from prometheus_client import multiprocess


def child_exit(server, worker):
    if 'PROMETHEUS_MULTIPROC_DIR' in os.environ:
        multiprocess.mark_process_dead(worker.pid)
