"""Flask with prometheus_client, for gunicorn: threads, or several processes.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, Histogram, generate_latest, multiprocess

from service import BUCKETS, compute

DURATION = Histogram('http_request_duration_seconds', 'Duration of HTTP requests', ['method', 'route', 'code'], buckets=BUCKETS)
IN_FLIGHT = Gauge('http_requests_in_flight', 'Requests being answered', multiprocess_mode='livesum')

app = Flask(__name__)


@app.before_request
def begin():
    if request.path != '/metrics':
        g.start = time.monotonic()
        IN_FLIGHT.inc()


@app.after_request
def end(response):
    if 'start' in g:
        start = g.start

        def done():
            IN_FLIGHT.dec()
            DURATION.labels(request.method, str(request.url_rule), response.status_code).observe(time.monotonic() - start)
        done()
    return response


@app.route('/metrics')
def metrics():
    registry = REGISTRY
    if 'PROMETHEUS_MULTIPROC_DIR' in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@app.route('/io')
def wait():
    time.sleep(float(request.args['ms']) / 1000)
    return {'waited': request.args['ms']}


@app.route('/cpu')
def cpu():
    return {'checksum': compute(float(request.args['ms']))}


@app.route('/fail')
def fail():
    return {'error': 'on purpose'}, 500
