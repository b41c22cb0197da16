// graphql.mjs: a GraphQL endpoint on Node.js' own server, with prom-client
// SPDX-License-Identifier: GPL-3.0-or-later
import http from 'node:http';
import { buildSchema, graphql } from 'graphql';
import { announce, cpu, instruments, io } from './service.mjs';

const { registry, duration, inFlight } = instruments();
const schema = buildSchema(`
  type Query {
    wait(ms: Float!): Float!
    compute(ms: Float!): Float!
    fail: Float!
  }`);
const resolvers = {
  wait: async ({ ms }) => (await io(ms)).waited,
  compute: ({ ms }) => cpu(ms).checksum,
  fail: () => { throw new Error('on purpose'); },
};

announce(http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/metrics') {
    response.setHeader('Content-Type', registry.contentType);
    response.end(await registry.metrics());
    return;
  }
  const end = duration.startTimer({ method: request.method, route: url.pathname });
  inFlight.inc();
  const result = await graphql({ schema, source: url.searchParams.get('query') ?? '', rootValue: resolvers });
  const code = result.errors ? 500 : 200;
  response.writeHead(code, { 'Content-Type': 'application/graphql-response+json' });
  response.end(JSON.stringify(result), () => {
    inFlight.dec();
    end({ code });
  });
}));
