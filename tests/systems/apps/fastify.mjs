// fastify.mjs: Fastify with fastify-metrics
// SPDX-License-Identifier: GPL-3.0-or-later
import fastify from 'fastify';
import metrics from 'fastify-metrics';
import { BUCKETS, cpu, io } from './service.mjs';

const app = fastify();
await app.register(metrics.default ?? metrics, {
  endpoint: '/metrics',
  routeMetrics: { overrides: { histogram: { buckets: BUCKETS } } },
});
app.get('/io', (request) => io(Number(request.query.ms)));
app.get('/cpu', async (request) => cpu(Number(request.query.ms)));
app.get('/fail', (request, reply) => reply.code(500).send({ error: 'on purpose' }));
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
console.log('ready');
