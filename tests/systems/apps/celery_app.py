"""A Celery worker's tasks, the front that asks for them, and an exporter of its events.
SPDX-License-Identifier: GPL-3.0-or-later

`celery_app.py exporter PORT` listens to the events of the workers and names its metrics as
the common exporter of this kind does. `front` is a WSGI program that starts a task a request
and answers when it has ended."""
import os
import sys
import threading
import time
from urllib.parse import parse_qs

from celery import Celery
from celery.exceptions import TimeoutError as TaskTimeout

from service import BUCKETS, compute

BROKER = os.environ['SYSTEMS_REDIS']
app = Celery('celery_app', broker=BROKER, backend=BROKER)
app.conf.update(worker_send_task_events=True, task_send_sent_event=True, task_track_started=True,
                broker_connection_retry_on_startup=True, result_expires=60)


class OnPurpose(Exception):
    """What a task that fails raises."""


@app.task
def io(ms):
    time.sleep(ms / 1000)
    return ms


@app.task
def cpu(ms):
    return compute(ms)


@app.task
def fail(ms):
    raise OnPurpose('on purpose')


def front(environ, start_response):
    """WSGI: /io, /cpu and /fail start the task of that name and wait for its end."""
    task = {'/io': io, '/cpu': cpu, '/fail': fail}[environ['PATH_INFO']]
    ms = float(parse_qs(environ['QUERY_STRING']).get('ms', ['0'])[0])
    status = '200 OK'
    try:
        task.delay(ms).get(timeout=10)
    except (OnPurpose, TaskTimeout) as error:
        status = '500 ' + type(error).__name__
    start_response(status, [('Content-Type', 'text/plain')])
    return [b'done']


def export(port):
    from prometheus_client import Counter, Gauge, Histogram, start_http_server

    labels = ['name', 'hostname', 'queue_name']
    counters = {kind: Counter(f'celery_task_{kind}', f'Tasks {kind}', labels)
                for kind in ('sent', 'received', 'started', 'succeeded', 'failed')}
    runtime = Histogram('celery_task_runtime', 'Run time of tasks', labels, buckets=BUCKETS)
    active = Gauge('celery_worker_tasks_active', 'Tasks being run', ['hostname'])
    up = Gauge('celery_worker_up', 'Whether a worker was heard of', ['hostname'])
    state = app.events.State()

    def seen(event):
        state.event(event)
        kind = event['type'].partition('-')[2]
        up.labels(event['hostname']).set(1)
        if event['type'] == 'worker-heartbeat' or kind not in counters:
            return
        task = state.tasks.get(event['uuid'])
        names = (task.name or 'unknown', event['hostname'], 'celery')
        counters[kind].labels(*names).inc()
        if kind == 'started':
            active.labels(event['hostname']).inc()
        if kind in ('succeeded', 'failed'):
            active.labels(event['hostname']).dec()
        if kind == 'succeeded':
            runtime.labels(*names).observe(event['runtime'])

    start_http_server(port, addr='127.0.0.1')
    print('ready', flush=True)
    with app.connection() as connection:
        receiver = app.events.Receiver(connection, handlers={'*': seen})
        threading.Thread(target=sys.stdin.read, daemon=True).start()
        receiver.capture(limit=None, timeout=None, wakeup=True)


if __name__ == '__main__' and sys.argv[1] == 'exporter':
    export(int(sys.argv[2]))
