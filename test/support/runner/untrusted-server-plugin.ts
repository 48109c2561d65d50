// Runs the server of test/support/untrusted-server.ts next to Web Test Runner's.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { TestRunnerPlugin } from '@web/test-runner';
import { serveLoopback, type LoopbackServer } from '../../../dev/oss-emulator/loopback-server.js';
import type { UntrustedRequest, UntrustedResponse } from '../untrusted-server.js';

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, PUT, POST, DELETE, HEAD',
  'Access-Control-Allow-Headers': '*, Authorization',
  'Access-Control-Expose-Headers': '*',
};
const CHUNK = 64 * 1024;
/** Bytes of a piece of a slow response. */
const PIECE = 2 * 1024;
/** Bytes of a response that never ends. */
const ENDLESS = 64 * 2 ** 20;

export function untrustedServerPlugin(): TestRunnerPlugin {
  let server: LoopbackServer | undefined;
  return {
    name: 'untrusted-server',
    async serverStart() {
      const sites = new Map<string, Site>();
      server = await serveLoopback((request, response) => void answer(sites, request, response));
    },
    async serverStop() {
      await server?.close();
    },
    serve({ path }) {
      if (path !== '/@untrusted-server.json' || !server) return undefined;
      return { body: JSON.stringify({ url: `http://localhost:${server.port}` }), type: 'json' };
    },
  };
}

interface Site {
  responses: UntrustedResponse[];
  requests: UntrustedRequest[];
}

async function answer(
  sites: Map<string, Site>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, first = '', second = ''] = (request.url ?? '').split(/[/?]/);
  const isControl = first.startsWith('_');
  const name = isControl ? second : first;
  const site = sites.get(name) ?? { responses: [], requests: [] };
  sites.set(name, site);
  if (isControl) {
    if (first === '_responses') site.responses = JSON.parse(await text(request)) as UntrustedResponse[];
    response.writeHead(200, CORS).end(JSON.stringify(site.requests));
    return;
  }
  const { method = '' } = request;
  const applies = (stub: UntrustedResponse) => method === 'OPTIONS' || (stub.method ?? method) === method;
  const stub = site.responses.find(applies) ?? {};
  const cors = stub.cors === false ? {} : CORS;
  if (method === 'OPTIONS') {
    response.writeHead(200, cors).end();
    return;
  }
  if (site.responses.filter(applies).length > 1) site.responses.splice(site.responses.indexOf(stub), 1);
  const headers = request.headers as UntrustedRequest['headers'];
  const entry = { method, path: request.url ?? '', headers, bodySize: 0, responseSize: 0 };
  site.requests.push(entry);
  for await (const chunk of request) entry.bodySize += (chunk as Buffer).length;
  if (stub.never) return;
  await write(stub, cors, entry, response);
}

async function write(
  { status = 200, headers, body = '', size, gzip, pause }: UntrustedResponse,
  cors: Record<string, string>,
  entry: UntrustedRequest,
  response: ServerResponse,
): Promise<void> {
  const content = Buffer.from(body.replace(/\{([\w-]+)\}/g, (_, name: string) => entry.headers[name] ?? ''));
  response.writeHead(status, { ...cors, ...(gzip && { 'Content-Encoding': 'gzip' }), ...headers });
  if (pause !== undefined) {
    for (let start = 0; start < content.length && !response.destroyed; start += PIECE) {
      response.write(content.subarray(start, start + PIECE));
      await sleep(pause);
    }
    response.end();
    return;
  }
  if (size === undefined || gzip) {
    const whole = Buffer.concat([
      content,
      Buffer.alloc(Math.max(0, Number(size ?? 0) - content.length), 'x'),
    ]);
    response.end(gzip ? gzipSync(whole) : whole);
    entry.responseSize = whole.length;
    return;
  }
  const end = size === 'endless' ? ENDLESS : size;
  response.write(content);
  entry.responseSize = content.length;
  const closed = once(response, 'close');
  while (entry.responseSize < end && !response.destroyed) {
    const chunk = Buffer.alloc(Math.min(CHUNK, end - entry.responseSize), 'x');
    entry.responseSize += chunk.length;
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
  }
  if (size === 'endless') await closed;
  response.end();
}
