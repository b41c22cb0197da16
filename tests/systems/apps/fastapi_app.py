"""FastAPI with prometheus_client, for uvicorn.
SPDX-License-Identifier: GPL-3.0-or-later"""
import asyncio
import time

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, Histogram, generate_latest

from service import BUCKETS, compute

DURATION = Histogram('http_request_duration_seconds', 'Duration of HTTP requests', ['method', 'handler', 'status'], buckets=BUCKETS)
IN_FLIGHT = Gauge('http_requests_in_flight', 'Requests being answered')


class Measure:
    """ASGI middleware: from the first byte that the program sees to the last one that it sends."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope['type'] != 'http' or scope['path'] == '/metrics':
            await self.app(scope, receive, send)
            return
        start = time.monotonic()
        status = '500'

        async def watch(message):
            nonlocal status
            if message['type'] == 'http.response.start':
                status = str(message['status'])
            await send(message)

        IN_FLIGHT.inc()
        try:
            await self.app(scope, receive, watch)
        finally:
            IN_FLIGHT.dec()
            DURATION.labels(scope['method'], scope['path'], status).observe(time.monotonic() - start)


app = FastAPI()
app.add_middleware(Measure)


@app.get('/metrics')
def metrics():
    return Response(generate_latest(), headers={'Content-Type': CONTENT_TYPE_LATEST})


@app.get('/io')
async def wait(ms: float):
    await asyncio.sleep(ms / 1000)
    return {'waited': ms}


@app.get('/cpu')
async def cpu(ms: float):
    return {'checksum': compute(ms)}


@app.get('/fail')
async def fail():
    return JSONResponse({'error': 'on purpose'}, status_code=500)
