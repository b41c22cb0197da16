#!/usr/bin/env node
// server.mjs: the reference service of Steelyard on Node.js
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One process, one JavaScript thread, nothing but what Node.js 20 ships. Routes,
// parameters and metrics are those of README.md beside this file; the servers of
// `steelyard-cli serve` and server.py have the same ones.
//
//   node server.mjs [--port N] [--exit-with-parent]

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

const STEPS_PER_UNIT = 10000;
const CHECKSUM_START = 2166136261;
const MAX_REQUEST_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 2000;
const SAMPLE_MS = 250;
const HISTORY = 600;
const MAX_PENDING_EVENTS = 32;
const KEEP_ALIVE_MS = 15000;
const MAX_FRAME_BYTES = 256 * 1024;
const PROBE_MS = 20;
const DELAY_RESOLUTION_MS = 10;
const DELAY_WINDOW_MS = 5000;
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075,
                0.1, 0.15, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 7.5, 10];

// --- work -------------------------------------------------------------------

// Goes on from checksum, the result of steps 0…first - 1, through n more.
function work(checksum, first, n) {
  let x = checksum | 0;
  let i = first % STEPS_PER_UNIT;

  for (let done = 0; done < n; done++) {
    x = Math.imul(x ^ (i & 255), 16777619);
    if (++i === STEPS_PER_UNIT)
      i = 0;
  }

  return x >>> 0;
}

// Steps in one millisecond of CPU, measured once. Older versions of Node.js do
// not tell a thread's CPU time; then the best of several short runs on the wall
// clock comes nearest to it. The first runs also let the compiler do its work.
function calibrate() {
  const cpuMs = process.threadCpuUsage
    ? () => { const usage = process.threadCpuUsage(); return (usage.user + usage.system) / 1000; }
    : () => performance.now();
  const n = 200 * STEPS_PER_UNIT;
  let best = Infinity;
  let checksum = CHECKSUM_START;

  for (let round = 0; round < 15; round++) {
    const begin = cpuMs();
    checksum = work(checksum, 0, n);
    best = Math.min(best, cpuMs() - begin);
  }

  return n / Math.max(best, 1e-6);
}

const nativeBlock = Buffer.from(Array.from({ length: 1024 }, (_, i) => i & 255));

function digest(kib) {
  const sha256 = createHash('sha256');

  for (let i = 0; i < kib; i++)
    sha256.update(nativeBlock);

  return sha256.digest('hex');
}

// Whether the request numbered seed is among the percent that do CPU work.
function mixPicks(seed, percent) {
  let h = seed | 0;

  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h = (h ^ (h >>> 16)) >>> 0;

  return h * 100 < percent * 4294967296;
}

// --- what a request asks for ------------------------------------------------

const PARAMETERS = {
  '/plain': { bytes: 1048576 },
  '/do/io': { ms: 60000, bytes: 1048576 },
  '/do/cpu': { wu: 1000000, ms: 10000, bytes: 1048576 },
  '/do/native': { kb: 65536, bytes: 1048576 },
  '/do/mix': { p: 100, ms: 60000, wu: 1000000, cpu_ms: 10000, kb: 65536, seed: 4294967295, bytes: 1048576 },
  '/stream/sse': { rate: 1000, bytes: 65536 },
  '/steelyard/v1/stream': { interval: 60000 },
};

class BadRequest extends Error {}

function parseParameters(route, query) {
  const known = PARAMETERS[route];
  const values = {};

  for (const [name, text] of query) {
    if (!Object.hasOwn(known, name))
      throw new BadRequest(`${route} takes only these parameters: ${Object.keys(known).join(', ')}`);
    if (text.length > 24 || !/^(\d+\.?\d*|\.\d+)$/.test(text) || Number(text) > known[name])
      throw new BadRequest(`${name} must be a decimal number from 0 to ${known[name]}`);
    values[name] = Number(text);
  }

  return values;
}

let serial = 0;

function planTask(route, query) {
  const values = parseParameters(route, query);
  const cpuMs = route === '/do/cpu' ? values.ms : values.cpu_ms;
  const task = { route, waitMs: 0, steps: 0, kib: 0, answerBytes: Math.floor(values.bytes ?? 0) };
  const number = serial++;

  if (values.wu !== undefined && cpuMs !== undefined)
    throw new BadRequest('work is given in units or in milliseconds, not in both');

  const steps = cpuMs !== undefined
    ? Math.floor(cpuMs * stepsPerMs + 0.5)
    : Math.floor((values.wu ?? 1) * STEPS_PER_UNIT + 0.5);
  const waitMs = Math.floor((values.ms ?? 20) * 1000 + 0.5) / 1000;

  if (route === '/do/io') {
    task.waitMs = waitMs;
  } else if (route === '/do/cpu') {
    task.steps = steps;
  } else if (route === '/do/native') {
    task.kib = Math.floor(values.kb ?? 64);
  } else if (route === '/do/mix') {
    task.waitMs = waitMs;
    if (mixPicks(Math.floor(values.seed ?? number), values.p ?? 10)) {
      task.steps = steps;
      task.kib = Math.floor(values.kb ?? 0);
    }
  }

  return task;
}

function answerTask(task) {
  const checksum = task.checksum.toString(16).padStart(8, '0');

  if (task.route === '/plain')
    return `steelyard ${checksum}\n`.padEnd(task.answerBytes, '.');

  const answer = { route: task.route, wait_ms: task.waitMs, wu: task.steps / STEPS_PER_UNIT, checksum };
  if (task.digest)
    Object.assign(answer, { kb: task.kib, sha256: task.digest });

  const text = JSON.stringify(answer) + '\n';
  const missing = task.answerBytes - text.length - ',"pad":""'.length;
  return missing > 0 ? JSON.stringify({ ...answer, pad: '.'.repeat(missing) }) + '\n' : text;
}

// --- metrics ----------------------------------------------------------------

class Histogram {
  count = 0;
  sum = 0;
  max = 0;
  buckets = new Array(BOUNDS.length).fill(0);

  add(seconds) {
    this.count++;
    this.sum += seconds;
    this.max = Math.max(this.max, seconds);
    const i = BOUNDS.findIndex(bound => seconds <= bound);
    if (i >= 0)
      this.buckets[i]++;
  }

  addAll(other) {
    this.count += other.count;
    this.sum += other.sum;
    this.max = Math.max(this.max, other.max);
    other.buckets.forEach((n, i) => { this.buckets[i] += n; });
  }

  cumulated() {
    let sum = 0;
    return this.buckets.map(n => sum += n);
  }

  toJSON() {
    return { count: this.count, sum: this.sum, max: this.max, b: this.cumulated() };
  }
}

const metrics = {
  requests: new Map(), // "METHOD route status" → { method, route, status, durations }
  active: { GET: 0, HEAD: 0, POST: 0 },
  connections: { http: 0, sse: 0, ws: 0 },
  loopDelay: new Histogram(),
  bytesIn: 0,
  bytesOut: 0,
  streamEvents: 0,
  streamDropped: 0,
};

function requestSeries(method, route, status) {
  const key = `${method} ${route} ${status}`;
  let series = metrics.requests.get(key);

  if (!series)
    metrics.requests.set(key, series = { method, route, status, durations: new Histogram() });

  return series;
}

// A first scrape can then tell "none yet" from "not measured".
for (const route of ['/plain', '/do/io', '/do/cpu', '/do/native', '/do/mix'])
  requestSeries('GET', route, 200);

function readProc(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // not Linux: these values are then absent
  }
}

const maxFds = Number(/^Max open files\s+(\d+)/m.exec(readProc('/proc/self/limits') ?? '')?.[1] ?? NaN);

function countFds() {
  try {
    return readdirSync('/proc/self/fd').length - 1; // the folder itself was open
  } catch {
    return NaN;
  }
}

function processStats() {
  const usage = process.resourceUsage();
  const stat = readProc('/proc/self/stat');
  // the name, in parentheses, may hold anything; field 3 follows it
  const fields = stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ') : [];

  return {
    cpuUser: usage.userCPUTime / 1e6,
    cpuSystem: usage.systemCPUTime / 1e6,
    resident: process.memoryUsage.rss(),
    virtual: Number(fields[23 - 3]),
    threads: Number(fields[20 - 3]),
    fds: countFds(),
    voluntary: usage.voluntaryContextSwitches,
    involuntary: usage.involuntaryContextSwitches,
  };
}

// Percentiles of the loop's delay over the last whole window. The monitor's own
// timer runs every DELAY_RESOLUTION_MS and that interval is part of what it
// records, so it is taken off. It is never reset by a scrape: two scrapers would
// take each other's numbers.
const delayMonitor = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
let delayWindow = null;
let utilization = NaN;
let lastUtilization;

function startDelayWindows() {
  delayMonitor.enable();
  lastUtilization = performance.eventLoopUtilization();
  setInterval(() => {
    const seconds = ns => Math.max(0, ns / 1e9 - DELAY_RESOLUTION_MS / 1000);

    delayWindow = {
      min: seconds(delayMonitor.min),
      max: seconds(delayMonitor.max),
      mean: seconds(delayMonitor.mean),
      p50: seconds(delayMonitor.percentile(50)),
      p90: seconds(delayMonitor.percentile(90)),
      p99: seconds(delayMonitor.percentile(99)),
    };
    delayMonitor.reset();

    const now = performance.eventLoopUtilization();
    utilization = performance.eventLoopUtilization(now, lastUtilization).utilization;
    lastUtilization = now;
  }, DELAY_WINDOW_MS).unref();
}

class Text {
  lines = [];

  family(name, type, help) {
    this.lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  }

  sample(name, labels, value) {
    this.lines.push(labels ? `${name}{${labels}} ${value}` : `${name} ${value}`);
  }

  single(name, type, help, value) {
    if (Number.isNaN(value))
      return;
    this.family(name, type, help);
    this.sample(name, '', value);
  }

  histogram(name, labels, histogram) {
    const comma = labels ? ',' : '';

    histogram.cumulated().forEach((n, i) => this.sample(`${name}_bucket`, `${labels}${comma}le="${BOUNDS[i]}"`, n));
    this.sample(`${name}_bucket`, `${labels}${comma}le="+Inf"`, histogram.count);
    this.sample(`${name}_sum`, labels, histogram.sum);
    this.sample(`${name}_count`, labels, histogram.count);
  }

  toString() {
    return this.lines.join('\n') + '\n';
  }
}

function appendRequests(text) {
  text.family('http_server_request_duration_seconds', 'histogram', 'Duration of HTTP server requests.');
  for (const { method, route, status, durations } of metrics.requests.values())
    text.histogram('http_server_request_duration_seconds',
                   `http_request_method="${method}",http_route="${route}",` +
                   `http_response_status_code="${status}",url_scheme="http"`, durations);

  text.family('http_server_active_requests', 'gauge', 'Requests that wait or are worked on.');
  for (const [method, n] of Object.entries(metrics.active))
    text.sample('http_server_active_requests', `http_request_method="${method}",url_scheme="http"`, n);

  text.single('steelyard_queue_length', 'gauge', 'Requests accepted and not yet started.', 0);
  text.family('steelyard_connections', 'gauge', 'Open connections by what they carry.');
  for (const [kind, n] of Object.entries(metrics.connections))
    text.sample('steelyard_connections', `kind="${kind}"`, n);

  text.family('steelyard_rejected_total', 'counter', 'Requests refused with 503.');
  text.sample('steelyard_rejected_total', 'reason="queue_full"', 0);
}

function appendLoop(text) {
  const { active, idle } = performance.eventLoopUtilization();

  text.family('steelyard_loop_delay_seconds', 'histogram', 'How late the loop ran its timers.');
  text.histogram('steelyard_loop_delay_seconds', '', metrics.loopDelay);

  text.family('steelyard_loop_time_seconds_total', 'counter', 'Time the loop worked and time it slept.');
  text.sample('steelyard_loop_time_seconds_total', 'state="active"', active / 1000);
  text.sample('steelyard_loop_time_seconds_total', 'state="idle"', idle / 1000);

  text.single('nodejs_eventloop_utilization_ratio', 'gauge',
              'Share of time the loop worked, in the last 5 s window.', utilization);
  for (const [name, seconds] of Object.entries(delayWindow ?? {}))
    text.single(`nodejs_eventloop_delay_${name}_seconds`, 'gauge',
                'Delay of the loop in the last 5 s window, sampling interval taken off.', seconds);

  text.family('steelyard_workers', 'gauge', 'Processes and threads that run handlers.');
  text.sample('steelyard_workers', 'kind="process"', 1);
  text.sample('steelyard_workers', 'kind="thread"', 1);
}

function appendProcess(text) {
  const stats = processStats();

  text.single('process_cpu_seconds_total', 'counter', 'Total user and system CPU time spent in seconds.',
              stats.cpuUser + stats.cpuSystem);
  text.single('process_resident_memory_bytes', 'gauge', 'Resident memory size in bytes.', stats.resident);
  text.single('process_virtual_memory_bytes', 'gauge', 'Virtual memory size in bytes.', stats.virtual);
  text.single('process_start_time_seconds', 'gauge', 'Start time of the process since unix epoch in seconds.',
              performance.timeOrigin / 1000);
  text.single('process_open_fds', 'gauge', 'Number of open file descriptors.', stats.fds);
  text.single('process_max_fds', 'gauge', 'Maximum number of open file descriptors.', maxFds);
  text.single('process_threads', 'gauge', 'Number of threads.', stats.threads);
  text.family('process_context_switches_total', 'counter', 'Context switches of the process.');
  text.sample('process_context_switches_total', 'type="voluntary"', stats.voluntary);
  text.sample('process_context_switches_total', 'type="involuntary"', stats.involuntary);

  text.family('steelyard_server_info', 'gauge', 'Which reference server this is.');
  text.sample('steelyard_server_info', `model="event-loop",runtime="nodejs",runtime_version="${process.version}",` +
                                       `boot="${boot}",schema="1"`, 1);
}

function metricsText() {
  const text = new Text();

  appendRequests(text);
  appendLoop(text);
  appendProcess(text);

  return text.toString();
}

// --- snapshots --------------------------------------------------------------

const boot = randomBytes(4).toString('hex');
const samples = []; // { seq, json }, oldest first
let seq = 0;
let stepsPerMs; // of CPU time

function identity() {
  return {
    name: 'Node.js http', model: 'event-loop', runtime: 'nodejs', version: process.version, pid: process.pid,
    cpus: availableParallelism(), workers: { processes: 1, threads: 1 },
    wu_per_cpu_ms: stepsPerMs / STEPS_PER_UNIT,
  };
}

// One object per route, method and class of status.
function requestHistograms() {
  const byClass = new Map();

  for (const { method, route, status, durations } of metrics.requests.values()) {
    const statusClass = `${Math.floor(status / 100)}xx`;
    const key = `${method} ${route} ${statusClass}`;
    const entry = byClass.get(key) ?? { route, method, class: statusClass, gathered: new Histogram() };

    entry.gathered.addAll(durations);
    byClass.set(key, entry);
  }

  return [...byClass.values()].map(({ gathered, ...labels }) => ({ ...labels, ...gathered.toJSON() }));
}

function snapshot(type) {
  const stats = processStats();
  const { active, idle } = performance.eventLoopUtilization();
  const request = requestHistograms();
  const requests = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0 };

  for (const entry of request)
    requests[entry.class] += entry.count;

  return {
    ...(type && { type }),
    schema: 'steelyard.snapshot/1', boot, seq: ++seq, t: Date.now() / 1000, uptime: process.uptime(),
    interval: SAMPLE_MS / 1000, server: identity(),
    counters: {
      requests, rejected: 0, bytes_in: metrics.bytesIn, bytes_out: metrics.bytesOut,
      cpu_user: stats.cpuUser, cpu_system: stats.cpuSystem,
      ctx_voluntary: stats.voluntary, ctx_involuntary: stats.involuntary,
      loop_active: active / 1000, loop_idle: idle / 1000,
      stream_events: metrics.streamEvents, stream_dropped: metrics.streamDropped,
    },
    gauges: {
      active: Object.values(metrics.active).reduce((a, b) => a + b), queued: 0,
      connections: metrics.connections, rss: stats.resident,
      ...(Number.isNaN(stats.fds) ? {} : { fds: stats.fds }),
    },
    bounds: BOUNDS,
    hist: { request, loop_delay: metrics.loopDelay },
  };
}

function hello(type, interval) {
  return {
    ...(type && { type }),
    schema: 'steelyard.stream/1', boot, interval: interval / 1000, history: HISTORY, server: identity(),
  };
}

function keepSample() {
  const sample = snapshot();

  samples.push({ seq: sample.seq, json: JSON.stringify(sample) });
  if (samples.length > HISTORY)
    samples.shift();
}

// --- the loop ---------------------------------------------------------------

// Tasks stand in one line and run one a turn. Between two of them the loop reads
// what has arrived, so an arrival is noticed at most one task late, and the
// line's length shows in the delay of timers.
const line = [];
let turnIsSet = false;

function joinLine(run) {
  line.push(run);
  if (!turnIsSet) {
    turnIsSet = true;
    setImmediate(turn);
  }
}

function turn() {
  line.shift()();
  turnIsSet = line.length > 0;
  if (turnIsSet)
    setImmediate(turn);
}

function startProbe() {
  const due = performance.now() + PROBE_MS;

  setTimeout(() => joinLine(() => {
    metrics.loopDelay.add(Math.max(0, performance.now() - due) / 1000);
    startProbe();
  }), PROBE_MS);
}

function finishTask(task, done) {
  task.checksum = work(CHECKSUM_START, 0, task.steps);
  if (task.kib > 0)
    task.digest = digest(task.kib);
  done(answerTask(task));
}

function submit(task, done) {
  joinLine(() => {
    if (task.waitMs > 0)
      setTimeout(() => joinLine(() => finishTask(task, done)), Math.round(task.waitMs));
    else
      finishTask(task, done);
  });
}

// --- streams ----------------------------------------------------------------

const streams = new Set(); // all that want a goodbye

function formatEvent(name, id, json) {
  return `${name ? `event: ${name}\n` : ''}${id === null ? '' : `id: ${id}\n`}data: ${json}\n\n`;
}

// Server-sent events to one client. What a slow client does not take waits, up
// to MAX_PENDING_EVENTS; then the oldest goes.
class EventStream {
  #response;
  #pending = [];
  #isBlocked = false;

  constructor(response) {
    this.#response = response;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.flushHeaders();
    response.on('drain', () => this.#flush());

    metrics.connections.http--;
    metrics.connections.sse++;
    streams.add(this);

    const keepAlive = setInterval(() => this.send(': ka\n\n'), KEEP_ALIVE_MS);
    response.on('close', () => {
      clearInterval(keepAlive);
      streams.delete(this);
      metrics.connections.sse--;
      metrics.connections.http++;
    });
  }

  send(event) {
    if (this.#pending.length === MAX_PENDING_EVENTS) {
      this.#pending.shift();
      metrics.streamDropped++;
    }
    this.#pending.push(event);
    this.#flush();
  }

  // A write that is told to wait is still taken; the next ones are ours to hold.
  #flush() {
    this.#isBlocked = this.#response.writableNeedDrain;
    while (!this.#isBlocked && this.#pending.length > 0) {
      this.#isBlocked = !this.#response.write(this.#pending.shift());
      metrics.streamEvents++;
    }
  }

  every(milliseconds, func) {
    const timer = setInterval(func, milliseconds);
    this.#response.on('close', () => clearInterval(timer));
  }

  end() {
    this.send(formatEvent('bye', null, '{"reason":"shutdown"}'));
    this.#response.end();
  }
}

function clampInterval(milliseconds) {
  return Math.min(Math.max(milliseconds, 100), 60000);
}

function runSampleStream(request, response, query) {
  const fields = query.get('fields');

  if (fields !== null && fields !== 'all')
    throw new BadRequest('fields must be all');
  query.delete('fields');

  const interval = clampInterval(parseParameters('/steelyard/v1/stream', query).interval ?? SAMPLE_MS);
  const stream = new EventStream(response);
  const resumed = /^([0-9a-f]{8})-(\d{1,15})$/.exec(request.headers['last-event-id'] ?? '');
  const after = resumed && resumed[1] === boot ? Number(resumed[2]) : seq;

  stream.send('retry: 2000\n\n' + formatEvent('hello', `${boot}-${after}`, JSON.stringify(hello(null, interval))));
  // The history is one write: it must not push itself out of the queue.
  const replay = samples.filter(sample => sample.seq > after)
                        .map(sample => formatEvent('sample', `${boot}-${sample.seq}`, sample.json));
  if (replay.length > 0)
    stream.send(replay.join(''));

  stream.every(interval, () => {
    const sample = snapshot();
    stream.send(formatEvent('sample', `${boot}-${sample.seq}`, JSON.stringify(sample)));
  });
}

function runEventStream(request, response, query) {
  const { rate = 10, bytes = 64 } = parseParameters('/stream/sse', query);
  if (rate < 0.1)
    throw new BadRequest('rate must be a decimal number from 0.1 to 1000');

  const stream = new EventStream(response);
  const begin = performance.now();
  const pad = '.'.repeat(Math.floor(bytes));
  let n = 0;
  let checksum = CHECKSUM_START;

  stream.every(Math.max(1, 1000 / rate), () => {
    while (n < (performance.now() - begin) * rate / 1000) {
      checksum = work(checksum, n++, 1);
      stream.send(formatEvent('', n, JSON.stringify({ n, t: Date.now() / 1000,
                                                      checksum: checksum.toString(16).padStart(8, '0'), pad })));
    }
  });
}

// --- WebSocket (RFC 6455, server side) --------------------------------------

const OP_CONTINUATION = 0, OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10;

function encodeFrame(opcode, payload) {
  const n = payload.length;
  const head = Buffer.alloc(n < 126 ? 2 : n < 65536 ? 4 : 10);

  head[0] = 0x80 | opcode;
  if (n < 126) {
    head[1] = n;
  } else if (n < 65536) {
    head[1] = 126;
    head.writeUInt16BE(n, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(n), 2);
  }

  return Buffer.concat([head, payload]);
}

// Takes the first whole frame off buffer: { opcode, isFinal, payload, rest };
// null when more bytes are needed; throws the close code of a broken one.
function decodeFrame(buffer) {
  if (buffer.length < 2)
    return null;

  const isFinal = (buffer[0] & 0x80) !== 0;
  const opcode = buffer[0] & 0x0f;
  let n = buffer[1] & 0x7f;
  let at = 2;

  if ((buffer[0] & 0x70) !== 0 || (buffer[1] & 0x80) === 0)
    throw 1002; // an extension we did not agree to, or a client that does not mask
  if (opcode >= OP_CLOSE && (!isFinal || n > 125))
    throw 1002;
  if (n === 126) {
    if (buffer.length < 4)
      return null;
    n = buffer.readUInt16BE(2);
    at = 4;
  } else if (n === 127) {
    if (buffer.length < 10)
      return null;
    const long = buffer.readBigUInt64BE(2);
    n = long > BigInt(MAX_FRAME_BYTES) ? Infinity : Number(long);
    at = 10;
  }
  if (n > MAX_FRAME_BYTES)
    throw 1009;
  if (buffer.length < at + 4 + n)
    return null;

  const payload = Buffer.from(buffer.subarray(at + 4, at + 4 + n));
  for (let i = 0; i < n; i++)
    payload[i] ^= buffer[at + (i & 3)];

  return { opcode, isFinal, payload, rest: buffer.subarray(at + 4 + n) };
}

class WebSocketConnection {
  onMessage = () => {};
  onClose = () => {};
  #socket;
  #buffer = Buffer.alloc(0);
  #message = null; // { opcode, parts, length } between fragments
  #missedPongs = 0;
  #isClosing = false;

  constructor(socket, head) {
    this.#socket = socket;
    socket.setTimeout(0);
    socket.on('data', chunk => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    const pings = setInterval(() => this.#ping(), KEEP_ALIVE_MS);

    metrics.connections.http--;
    metrics.connections.ws++;
    streams.add(this);
    socket.on('close', () => {
      clearInterval(pings);
      streams.delete(this);
      metrics.connections.ws--;
      metrics.connections.http++;
      this.onClose();
    });
    if (head.length > 0)
      this.#read(head);
  }

  // FALSE when the client does not take what it was sent; the text is dropped.
  send(text) {
    if (this.#isClosing || this.#socket.writableLength > MAX_FRAME_BYTES) {
      metrics.streamDropped++;
      return false;
    }
    this.#socket.write(encodeFrame(OP_TEXT, Buffer.from(text)));
    metrics.streamEvents++;
    return true;
  }

  close(code) {
    if (this.#isClosing)
      return;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#socket.end(encodeFrame(OP_CLOSE, payload));
    this.#isClosing = true;
  }

  end() {
    this.onEnd?.();
    this.close(1001);
  }

  #ping() {
    if (this.#missedPongs++ >= 2)
      this.close(1001);
    else
      this.#socket.write(encodeFrame(OP_PING, Buffer.alloc(0)));
  }

  #read(chunk) {
    this.#buffer = this.#buffer.length > 0 ? Buffer.concat([this.#buffer, chunk]) : chunk;
    try {
      for (let frame; !this.#isClosing && (frame = decodeFrame(this.#buffer)) !== null;) {
        this.#buffer = frame.rest;
        this.#take(frame);
      }
    } catch (code) {
      if (typeof code !== 'number')
        throw code;
      this.close(code);
    }
  }

  #take({ opcode, isFinal, payload }) {
    if (opcode === OP_PING)
      this.#socket.write(encodeFrame(OP_PONG, payload));
    else if (opcode === OP_PONG)
      this.#missedPongs = 0;
    else if (opcode === OP_CLOSE)
      this.close(1000);
    else if (opcode === OP_TEXT || opcode === OP_BINARY || opcode === OP_CONTINUATION)
      this.#gather(opcode, isFinal, payload);
    else
      throw 1002;
  }

  #gather(opcode, isFinal, payload) {
    if ((opcode === OP_CONTINUATION) !== (this.#message !== null))
      throw 1002;
    this.#message ??= { opcode, parts: [], length: 0 };
    this.#message.parts.push(payload);
    this.#message.length += payload.length;
    if (this.#message.length > MAX_FRAME_BYTES)
      throw 1009;
    if (!isFinal)
      return;

    const { opcode: first, parts } = this.#message;
    this.#message = null;
    if (first !== OP_TEXT)
      throw 1003;
    this.onMessage(Buffer.concat(parts).toString());
  }
}

function refuseUpgrade(socket, status, reason) {
  const body = JSON.stringify({ error: reason }) + '\n';

  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nConnection: close\r\n` +
             `Content-Length: ${body.length}\r\n\r\n${body}`);
}

function acceptUpgrade(request, socket, head, protocol) {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
               `Sec-WebSocket-Accept: ${accept}\r\n` +
               (protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : '') + '\r\n');

  return new WebSocketConnection(socket, head);
}

// The samples as WebSocket messages.
function openFeed(connection) {
  let timer;
  const sendSample = () => connection.send(JSON.stringify(snapshot('sample')));
  const sampleEvery = milliseconds => {
    clearInterval(timer);
    timer = setInterval(sendSample, clampInterval(milliseconds));
  };

  connection.onMessage = text => {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      connection.close(1007);
      return;
    }
    if (message?.type === 'set' && typeof message.interval === 'number')
      sampleEvery(message.interval * 1000);
    else if (message?.type === 'ping')
      connection.send(JSON.stringify({ type: 'pong', n: message.n }));
  };
  connection.onClose = () => clearInterval(timer);
  connection.onEnd = () => connection.send('{"type":"bye","reason":"shutdown"}');
  connection.send(JSON.stringify(hello('hello', SAMPLE_MS)));
  sampleEvery(SAMPLE_MS);
}

const rooms = new Map(); // id → Set of connections

function joinRoom(id, connection) {
  const members = rooms.get(id) ?? new Set();

  rooms.set(id, members.add(connection));
  connection.onMessage = text => members.forEach(member => member.send(text));
  connection.onClose = () => {
    members.delete(connection);
    if (members.size === 0)
      rooms.delete(id);
  };
}

function handleUpgrade(request, socket, head) {
  const path = request.url.split('?', 1)[0];
  const room = /^\/ws\/room\/([A-Za-z0-9_-]{1,64})$/.exec(path);
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());

  socket.on('error', () => socket.destroy());
  if (!isOwnHost(request))
    refuseUpgrade(socket, 403, 'the Host header must name this server on the loopback');
  else if (request.headers['sec-websocket-version'] !== '13' || !request.headers['sec-websocket-key'])
    refuseUpgrade(socket, 400, 'WebSocket version 13 only');
  else if (room)
    joinRoom(room[1], acceptUpgrade(request, socket, head, null));
  else if (path !== '/steelyard/v1/ws')
    refuseUpgrade(socket, 404, 'no such route');
  else if (!protocols.includes('steelyard.v1.json'))
    refuseUpgrade(socket, 400, 'the subprotocol is steelyard.v1.json');
  else
    openFeed(acceptUpgrade(request, socket, head, 'steelyard.v1.json'));
}

// --- HTTP -------------------------------------------------------------------

function send(response, status, contentType, body) {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function sendError(response, status, reason) {
  send(response, status, 'application/json', JSON.stringify({ error: reason }) + '\n');
}

function runWork(route, response, query) {
  const contentType = route === '/plain' ? 'text/plain; charset=utf-8' : 'application/json';

  submit(planTask(route, query), body => send(response, 200, contentType, body));
}

const OBSERVERS = {
  '/healthz': (request, response) => send(response, 200, 'text/plain; charset=utf-8', 'ok\n'),
  '/metrics': (request, response) => send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', metricsText()),
  '/steelyard/v1/snapshot': (request, response) =>
    send(response, 200, 'application/json', JSON.stringify(snapshot()) + '\n'),
  '/steelyard/v1/stream': runSampleStream,
  '/stream/sse': runEventStream,
};

const WORK = ['/plain', '/do/io', '/do/cpu', '/do/native', '/do/mix'];

function isOwnHost(request) {
  const hosts = request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host');
  const isOwn = text => ['127.0.0.1', 'localhost', '[::1]'].some(name => text.toLowerCase() === `${name}:${port}`);
  const { host, origin } = request.headers;

  // A page may open a WebSocket to any address; its browser then says whose page it is.
  return hosts.length === 1 && isOwn(host) &&
         (origin === undefined || (origin.startsWith('http://') && isOwn(origin.slice('http://'.length))));
}

// Why a request is not looked at: [status, reason], or null.
function refusal(request, path) {
  if (!isOwnHost(request))
    return [403, 'the Host header must name this server on the loopback'];
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES)
    return [413, 'the body of the request is larger than 16 KiB'];
  if (!['GET', 'HEAD'].includes(request.method) && !(request.method === 'POST' && path.startsWith('/do/')))
    return [405, 'GET and HEAD only; POST to /do/ too'];
  return null;
}

// Duration and active requests are counted for work only, from the head of the
// request to the end of the answer: who observes a server is no part of its load.
function countRequest(request, response, route) {
  const begin = performance.now();
  const { method, socket } = request;
  let isOver = false;
  const end = status => {
    if (isOver)
      return;
    isOver = true;
    metrics.active[method]--;
    if (status !== null)
      requestSeries(method, route, status).durations.add((performance.now() - begin) / 1000);
    metrics.bytesIn += socket.bytesRead - (socket.countedIn ?? 0);
    metrics.bytesOut += socket.bytesWritten - (socket.countedOut ?? 0);
    socket.countedIn = socket.bytesRead;
    socket.countedOut = socket.bytesWritten;
  };

  metrics.active[method]++;
  response.on('finish', () => end(response.statusCode));
  response.on('close', () => end(null));
}

function route(request, response, path, query) {
  try {
    if (WORK.includes(path))
      runWork(path, response, query);
    else if (Object.hasOwn(OBSERVERS, path))
      OBSERVERS[path](request, response, query);
    else
      sendError(response, 404, 'no such route');
  } catch (error) {
    if (!(error instanceof BadRequest))
      throw error;
    sendError(response, 400, error.message);
  }
}

function handleRequest(request, response) {
  const [path, ...rest] = request.url.split('?');
  const refused = refusal(request, path);
  let bodyBytes = 0;

  if (refused) {
    response.setHeader('Connection', 'close');
    sendError(response, ...refused);
    return;
  }

  if (!Object.hasOwn(OBSERVERS, path) && !path.startsWith('/steelyard/') && !path.startsWith('/ws/'))
    countRequest(request, response, WORK.includes(path) ? path : '');

  request.on('data', chunk => {
    bodyBytes += chunk.length;
    if (bodyBytes > MAX_REQUEST_BYTES)
      request.socket.destroy();
  });
  const start = () => route(request, response, path, new URLSearchParams(rest.join('?')));
  if (request.method === 'POST')
    request.on('end', start);
  else
    start();
}

// --- the program ------------------------------------------------------------

function parseOptions() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '0' },
                                              'exit-with-parent': { type: 'boolean', default: false } } });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535)
      throw new Error('--port is 0 to 65535');
    return values;
  } catch (error) {
    process.stderr.write(`server.mjs: ${error.message}\n`);
    process.exit(2);
  }
}

const options = parseOptions();
let port;

stepsPerMs = calibrate();

const server = createServer({ maxHeaderSize: MAX_REQUEST_BYTES, noDelay: true, keepAliveTimeout: 75000,
                              headersTimeout: 5000, requestTimeout: 5000, connectionsCheckingInterval: 1000 },
                            handleRequest);
server.maxConnections = MAX_CONNECTIONS;
server.on('upgrade', handleUpgrade);
server.on('connection', socket => {
  metrics.connections.http++;
  socket.on('close', () => { metrics.connections.http--; });
});
server.on('error', error => {
  process.stderr.write(`server.mjs: 127.0.0.1:${options.port}: ${error.message}\n`);
  process.exit(1);
});

function shutDown() {
  for (const stream of streams)
    stream.end();
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 200);
}

process.on('SIGTERM', shutDown);
process.on('SIGINT', shutDown);
if (options['exit-with-parent'])
  process.stdin.resume().on('end', shutDown).on('error', shutDown);

server.listen(Number(options.port), '127.0.0.1', 1024, () => {
  port = server.address().port;
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
  startDelayWindows();
  startProbe();
  setInterval(keepSample, SAMPLE_MS);
});
