// service.mjs: what every Node.js system of the tests does, and how it measures itself
// SPDX-License-Identifier: GPL-3.0-or-later
import { setTimeout as sleep } from 'node:timers/promises';
import prometheus from 'prom-client';

// Bounds a tenth apart: a percentile is then known to a tenth.
export const BUCKETS = Array.from({ length: 64 }, (_, i) => Number((0.002 * 1.1 ** i).toPrecision(3)));

// A fixed amount of work, never a burn by the clock.
const STEPS_PER_MS = calibrate();

function work(steps) {
  let x = 2166136261;
  for (let i = 0; i < steps; i++)
    x = Math.imul(x ^ (i & 255), 16777619);
  return x >>> 0;
}

function calibrate() {
  work(1e6);
  const start = process.cpuUsage();
  work(5e6);
  return 5e6 / ((process.cpuUsage(start).user || 1) / 1000);
}

export async function io(ms) {
  await sleep(ms);
  return { waited: ms };
}

export function cpu(ms) {
  return { checksum: work(Math.round(ms * STEPS_PER_MS)) };
}

// In the manner of the client library's own example.
export function instruments() {
  prometheus.collectDefaultMetrics();
  return {
    registry: prometheus.register,
    duration: new prometheus.Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of HTTP requests',
      labelNames: ['method', 'route', 'code'],
      buckets: BUCKETS,
    }),
    inFlight: new prometheus.Gauge({ name: 'http_requests_in_flight', help: 'Requests being answered' }),
  };
}

export function announce(server) {
  server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
}
