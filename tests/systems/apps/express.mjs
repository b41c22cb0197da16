// express.mjs: Express with prom-client
// SPDX-License-Identifier: GPL-3.0-or-later
import http from 'node:http';
import express from 'express';
import { announce, cpu, instruments, io } from './service.mjs';

const { registry, duration, inFlight } = instruments();
const app = express();

app.get('/metrics', async (request, response) => response.type(registry.contentType).send(await registry.metrics()));
app.use((request, response, next) => {
  const end = duration.startTimer({ method: request.method });
  inFlight.inc();
  response.on('finish', () => {
    inFlight.dec();
    end({ route: request.route?.path ?? 'none', code: response.statusCode });
  });
  next();
});
app.get('/io', async (request, response) => response.json(await io(Number(request.query.ms))));
app.get('/cpu', (request, response) => response.json(cpu(Number(request.query.ms))));
app.get('/fail', (request, response) => response.status(500).json({ error: 'on purpose' }));

announce(http.createServer(app));
