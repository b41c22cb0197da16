// node-http.mjs: Node.js' own server with prom-client
// SPDX-License-Identifier: GPL-3.0-or-later
import http from 'node:http';
import { announce, cpu, instruments, io } from './service.mjs';

const { registry, duration, inFlight } = instruments();

async function answer(url) {
  const ms = Number(url.searchParams.get('ms') ?? 20);
  switch (url.pathname) {
    case '/io': return [200, await io(ms)];
    case '/cpu': return [200, cpu(ms)];
    case '/fail': return [500, { error: 'on purpose' }];
    default: return [404, { error: 'no such route' }];
  }
}

announce(http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/metrics') {
    response.setHeader('Content-Type', registry.contentType);
    response.end(await registry.metrics());
    return;
  }
  const end = duration.startTimer({ method: request.method, route: url.pathname });
  inFlight.inc();
  const [code, body] = await answer(url);
  response.writeHead(code, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body), () => {
    inFlight.dec();
    end({ code });
  });
}));
