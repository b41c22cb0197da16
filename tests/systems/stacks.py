#!/usr/bin/python3
# stacks.py [--window STEELYARD] CLI [NAME...]: the stacks that people run, under real load
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts each stack, loads it, and holds what Steelyard reads against what the load generator saw;
with --window, then opens the desktop program on it, whose Live page must name it too.

Needs what `./dev test --systems` installs (Debian's packages; npm packages in the folder
STEELYARD_NODE_MODULES); a stack whose programs are not there is skipped. Each listens on
loopback only. Prints TAP and a table of what was found. STEELYARD_PICTURES is a folder for
pictures of the windows.
"""
import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import live_page
from harness import Comparison, Watch, between, cpu_seconds, drive, end, print_comparison, repeat_until_sure

APPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'apps')
NODE_MODULES = os.environ.get('STEELYARD_NODE_MODULES', '')
# At a stack's rate about 8 requests in flight, and waits that differ little: over 20 s the mean of a gauge
# read ten times a second is then known to 3 %, and a 99th percentile to 2 %.
SECONDS = 24
SETTLE_SECONDS = 4
PYTHON = '/usr/bin/python3'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Stack:
    """One stack: its processes, where it takes load and where it is measured."""

    exporter = ''             # what inspect must call it
    runtime = None
    served_by = None          # by its own header
    workload = 'workload.json'
    probe = '/io?ms=1'       # a request that succeeds
    interval = '100ms'
    rate = 100                # requests/s
    needs = ()                # programs
    modules = ()              # Python modules
    figures = ('throughput', 'in_flight', 'errors', 'p50', 'p99')

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='steelyard-stack-')
        self.processes = []
        self.port = free_port()
        self.load_url = f'http://127.0.0.1:{self.port}'
        self.metrics_url = self.load_url + '/metrics'

    def missing(self):
        gone = [program for program in self.needs if shutil.which(program) is None]
        for module in self.modules:
            if subprocess.run([PYTHON, '-c', f'import {module}'], capture_output=True, check=False).returncode != 0:
                gone.append(module)
        return gone

    def spawn(self, argv, **environment):
        log = open(os.path.join(self.folder, f'{len(self.processes)}.log'), 'w', encoding='utf-8')
        process = subprocess.Popen(argv, cwd=self.folder, stdin=subprocess.PIPE, stdout=log, stderr=log,
                                   env=dict(os.environ, PYTHONPATH=APPS, **environment))
        self.processes.append(process)
        return process

    def start(self):
        raise NotImplementedError

    def wait_until_ready(self):
        deadline = time.monotonic() + 30
        for url in (self.metrics_url, self.load_url + self.probe):
            while True:
                try:
                    with urllib.request.urlopen(url, timeout=5) as answer:
                        answer.read()
                    break
                except urllib.error.HTTPError as error:
                    if error.code == 404:
                        break
                except OSError:
                    pass
                if time.monotonic() > deadline:
                    raise RuntimeError(f'{url} did not answer: {self.logs()}')
                time.sleep(0.1)

    def inner_cpu_seconds(self):
        """Of the processes behind the one that takes the load, which is spawned last: the load generator
        counts them as foreign."""
        return sum(cpu_seconds(process.pid) for process in self.processes[:-1])

    def logs(self):
        text = ''
        for name in sorted(os.listdir(self.folder)):
            if name.endswith('.log'):
                with open(os.path.join(self.folder, name), encoding='utf-8') as log:
                    text += log.read()[-1500:]
        return text.replace('\n', ' | ')

    def stop(self):
        for process in reversed(self.processes):
            end(process)
        shutil.rmtree(self.folder, ignore_errors=True)


class NodeStack(Stack):
    exporter = 'prom-client'
    runtime = 'Node.js'
    needs = ('node',)
    program = ''

    def missing(self):
        gone = super().missing()
        if not os.path.isdir(os.path.join(NODE_MODULES, 'prom-client')):
            gone.append('prom-client (STEELYARD_NODE_MODULES)')
        return gone

    def serve(self, ports):
        # Modules are looked for beside the program.
        for name in ('service.mjs', self.program):
            shutil.copy(os.path.join(APPS, name), self.folder)
        os.symlink(NODE_MODULES, os.path.join(self.folder, 'node_modules'))
        for port in ports:
            self.spawn(['node', self.program, str(port)])

    def start(self):
        self.serve([self.port])


class NodeHttp(NodeStack):
    name = 'Node.js http'
    program = 'node-http.mjs'


class Express(NodeStack):
    name = 'Express'
    program = 'express.mjs'
    served_by = 'Express'


class Fastify(NodeStack):
    name = 'Fastify'
    program = 'fastify.mjs'
    exporter = 'fastify-metrics'


class GraphQL(NodeStack):
    name = 'GraphQL'
    program = 'graphql.mjs'
    workload = 'workload-graphql.json'
    probe = '/graphql?query=%7Bwait(ms:1)%7D'


class GunicornStack(Stack):
    exporter = 'prometheus_client'
    runtime = 'Python'
    served_by = 'gunicorn'
    needs = ('gunicorn',)
    application = ''
    workers = 1

    def start(self):
        environment = {}
        if self.workers > 1:
            environment['PROMETHEUS_MULTIPROC_DIR'] = os.path.join(self.folder, 'metrics')
            os.mkdir(environment['PROMETHEUS_MULTIPROC_DIR'])
        self.spawn(['gunicorn', '--bind', f'127.0.0.1:{self.port}', '--workers', str(self.workers), '--threads', '32',
                    '--chdir', APPS, '--config', os.path.join(APPS, 'gunicorn_conf.py'), self.application], **environment)


class FlaskThreads(GunicornStack):
    name = 'Flask, gunicorn threads'
    modules = ('flask', 'prometheus_client')
    application = 'flask_app:app'


class FlaskProcesses(FlaskThreads):
    name = 'Flask, gunicorn multi-process'
    # Debian's client library keeps the help texts and drops its own metrics in this
    # mode: no metric tells who wrote it, only the header does.
    exporter = None
    runtime = None
    workers = 2


class Django(GunicornStack):
    name = 'Django'
    exporter = 'django-prometheus'
    modules = ('django_prometheus',)
    # It counts our own scrapes as requests: ten a second would be a tenth of all.
    interval = '250ms'
    application = 'django_app:application'


class FastAPI(Stack):
    name = 'FastAPI, uvicorn'
    exporter = 'prometheus_client'
    runtime = 'Python'
    served_by = 'uvicorn'
    modules = ('fastapi', 'uvicorn', 'prometheus_client')

    def start(self):
        self.spawn([PYTHON, '-m', 'uvicorn', '--host', '127.0.0.1', '--port', str(self.port), '--log-level', 'warning',
                    '--no-access-log', '--app-dir', APPS, 'fastapi_app:app'])


class Celery(Stack):
    name = 'Celery worker, Redis'
    exporter = 'celery-exporter'
    runtime = 'Python'
    served_by = 'WSGIServer'
    needs = ('redis-server', 'gunicorn')
    modules = ('celery', 'redis', 'prometheus_client')
    # The front waits for a result longer than the task runs. Four events a task: over Redis,
    # the library's receiver falls behind a little above 80 tasks/s.
    rate = 40
    figures = ('throughput', 'errors')

    def start(self):
        redis = free_port()
        address = f'redis://127.0.0.1:{redis}/0'
        exporter = free_port()
        self.metrics_url = f'http://127.0.0.1:{exporter}/metrics'
        self.spawn(['redis-server', '--port', str(redis), '--bind', '127.0.0.1', '--save', '', '--dir', self.folder])
        self.spawn([PYTHON, '-m', 'celery', '-A', 'celery_app', '--workdir', APPS, 'worker', '--task-events', '--pool',
                    'threads', '--concurrency', '32', '--loglevel', 'warning'], SYSTEMS_REDIS=address)
        self.spawn([PYTHON, os.path.join(APPS, 'celery_app.py'), 'exporter', str(exporter)], SYSTEMS_REDIS=address)
        self.spawn(['gunicorn', '--bind', f'127.0.0.1:{self.port}', '--workers', '1', '--threads', '64', '--chdir', APPS,
                    'celery_app:front'], SYSTEMS_REDIS=address)


class HAProxy(NodeStack):
    name = 'HAProxy before two workers'
    program = 'node-http.mjs'
    exporter = 'haproxy'
    runtime = None
    needs = ('haproxy', 'node')
    # It counts requests and sessions; it knows no percentile. Its figures are of all
    # its front ends, the one that we scrape included.
    interval = '250ms'
    figures = ('throughput', 'errors')

    def start(self):
        ports = (free_port(), free_port())
        metrics = free_port()
        self.metrics_url = f'http://127.0.0.1:{metrics}/metrics'
        self.serve(ports)
        path = os.path.join(self.folder, 'haproxy.cfg')
        with open(path, 'w', encoding='utf-8') as config:
            config.write(f'''defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
frontend web
  bind 127.0.0.1:{self.port}
  default_backend workers
backend workers
  server one 127.0.0.1:{ports[0]}
  server two 127.0.0.1:{ports[1]}
frontend metrics
  bind 127.0.0.1:{metrics}
  http-request use-service prometheus-exporter if {{ path /metrics }}
''')
        self.spawn(['haproxy', '-f', path, '-db'])


STACKS = (NodeHttp, Express, Fastify, GraphQL, FlaskThreads, FlaskProcesses, FastAPI, Django, Celery, HAProxy)


def inspect(cli, stack):
    done = subprocess.run([cli, 'inspect', '--json', stack.metrics_url], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {'error': done.stderr.strip()}


def measure(cli, stack):
    watch = Watch(cli, [stack.metrics_url], stack.interval)
    try:
        time.sleep(1)
        began = time.time()
        others = stack.inner_cpu_seconds()
        summary = drive(cli, os.path.join(APPS, stack.workload), stack.rate, SECONDS, [stack.load_url])[0]
        # Unknown where the generator could not tell who serves.
        if isinstance(summary['foreign_cores'], (int, float)):
            summary['foreign_cores'] -= (stack.inner_cpu_seconds() - others) / (time.time() - began)
        # A path that is learnt over the bus comes a moment later.
        time.sleep(0.5)
    finally:
        watch.stop()

    steady = (began + SETTLE_SECONDS, began + SECONDS)
    result = Comparison()
    expected = {
        # What a backend counts as requests are its answers, good or bad.
        'throughput': between(summary['ticks'], ('answered', 'errors'), *steady),
        'errors': between(summary['ticks'], ('errors',), *steady),
        'in_flight': summary['in_flight_mean'],
        'p50': summary['p50'],
        'p99': summary['p99'],
    }
    result.measured(f'{stack.name}: nothing was dropped', summary['dropped'] == 0 and summary['unfinished'] == 0,
                    f"{summary['sent']} sent, {summary['dropped']} dropped, {summary['unfinished']} unfinished")
    for figure in stack.figures:
        # A few failures a second are counted in whole scrapes.
        slack = 0.3 if figure == 'errors' else 0.0
        result.figure(f'{stack.name}: {figure}', watch.mean('a', figure, *steady), expected[figure], slack)
    return [result], [summary]


def look(program, stack):
    """What the Live page says of the stack, or None where there is no display, or no @program."""
    if program is None:
        return None
    pictures = os.environ.get('STEELYARD_PICTURES')
    picture = os.path.join(pictures, type(stack).__name__ + '.png') if pictures else None
    return live_page.read(program, stack.metrics_url, picture)


def is_named(stack, labels):
    """Whether a label of the window has what wrote the metrics, or at least who served them. (A
    framework whose name the exporter has already is not said twice.)"""
    return any((stack.exporter or stack.served_by) in label for label in labels)


def run_stack(programs, stack, number):
    """Returns the last number of TAP, the failures and a row of the table."""
    cli = programs.cli
    failed = 0
    try:
        stack.start()
        stack.wait_until_ready()
        comparisons, why = repeat_until_sure(lambda: measure(cli, stack))
        said = inspect(cli, stack)
        labels = look(programs.window, stack)
    except RuntimeError as error:
        print(f'not ok {number + 1} - {stack.name}: {error}', flush=True)
        return number + 1, 1, None
    finally:
        stack.stop()

    named = Comparison()
    named.check(f'{stack.name}: it is named',
                'error' not in said and all(said[member] == getattr(stack, member) for member in ('exporter', 'runtime', 'served_by')),
                f"{said.get('exporter')!r}, {said.get('runtime')!r}, {said.get('framework')!r}, {said.get('served_by')!r} "
                f"{said.get('error', '')}")
    if labels is not None:
        named.check(f'{stack.name}: the Live page names it', is_named(stack, labels), ' | '.join(labels))
    for comparison, skip in [(named, None)] + [(comparison, why) for comparison in comparisons]:
        number, bad = print_comparison(number, comparison, skip)
        failed += bad
    roles = ' '.join(sorted({signal['role'] for signal in said.get('signals', [])}))
    return number, failed, f'{stack.name} | {said.get("exporter")}, {said.get("served_by")} | {roles} | {100 * comparisons[0].largest:.1f} %'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--window', type=os.path.abspath)
    parser.add_argument('cli', type=os.path.abspath)
    parser.add_argument('wanted', nargs='*')
    args = parser.parse_args()
    number = failed = 0
    rows = []
    for kind in STACKS:
        if args.wanted and kind.__name__ not in args.wanted:
            continue
        stack = kind()
        gone = stack.missing()
        if gone:
            number += 1
            print(f'ok {number} - {stack.name} # SKIP not installed: {", ".join(gone)}', flush=True)
            stack.stop()
            continue
        number, bad, row = run_stack(args, stack, number)
        failed += bad
        rows += [row] if row else []
    print(f'1..{number}')
    for row in rows:
        print(f'# {row}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
