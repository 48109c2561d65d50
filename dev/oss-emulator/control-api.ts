// The local server's own JSON endpoints under /_control/, for tests that run inside a page. No bucket's name begins
// with an underscore. Whoever reaches the server may use them: they are for loopback only.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CorsRule } from './cors.js';
import type { FaultRule } from './faults.js';
import type { LineSettings } from './throttle.js';
import type { BucketOptions, LocalOss } from './local-oss.js';
import type { Operation } from './operation.js';
import { parsePolicy, type Policy } from './policy.js';
import type { RequestFilter, RequestPhase } from './request-log.js';
import type { Upload } from './store.js';

export const CONTROL_PATH = '/_control/';

/** What a test may want to know of an object. */
export interface ObjectReport {
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  /** Decimal. */
  crc64: string;
  /** Hex, of the bytes as they are stored now. */
  sha256: string;
  contentType: string | undefined;
  /** Names without `x-oss-meta-`. */
  meta: Record<string, string>;
  headers: Record<string, string>;
  storageClass: string;
  acl: string;
  tags: Record<string, string>;
}

export interface UploadReport {
  bucket: string;
  key: string;
  uploadId: string;
  /** Milliseconds since the epoch. */
  initiated: number;
  parts: { number: number; size: number; etag: string }[];
}

/** The bodies that the endpoints take. */
export interface ControlRequests {
  buckets: BucketOptions & { name: string };
  cors: { bucket: string; rules: CorsRule[] };
  faults: FaultRule;
  next: { filter?: RequestFilter; phase?: RequestPhase };
  until: { filter?: RequestFilter; count?: number; phase?: RequestPhase };
  clock: { offset: number };
  line: LineSettings;
  drop: { bucket: string; uploadId: string; partNumber: number };
  sts: { lifetime: number; policy?: Policy };
}

type Handler = (body: unknown, query: URLSearchParams, gone: AbortSignal) => unknown;

export class ControlApi {
  readonly #oss: LocalOss;
  readonly #handlers: Record<string, Handler>;

  constructor(oss: LocalOss) {
    this.#oss = oss;
    this.#handlers = {
      'POST buckets': async (body) => {
        const { name, ...options } = body as ControlRequests['buckets'];
        await oss.createBucket(name, options);
      },
      'POST cors': async (body) => {
        const { bucket, rules } = body as ControlRequests['cors'];
        await oss.setCors(bucket, rules);
      },
      'POST faults': (body) => ({ id: oss.faults.add(body as FaultRule) }),
      'DELETE faults': (_, query) => {
        const id = query.get('id');
        if (id === null) oss.faults.clear();
        else oss.faults.remove(Number(id));
      },
      'GET requests': (_, query) => oss.requests.all(readFilter(query)),
      'DELETE requests': () => oss.requests.clear(),
      'POST requests/next': (body, _, gone) => {
        const { filter, phase } = body as ControlRequests['next'];
        return oss.requests.next(filter, phase, gone);
      },
      'POST requests/until': (body, _, gone) => {
        const { filter, count, phase } = body as ControlRequests['until'];
        return oss.requests.until(filter ?? {}, count, phase, gone);
      },
      'POST clock': (body) => oss.setClockOffset((body as ControlRequests['clock']).offset),
      'POST line': (body) => oss.setLine(body as LineSettings),
      'GET object': (_, query) => this.#reportObject(query.get('bucket') ?? '', query.get('key') ?? ''),
      'DELETE object': async (_, query) => ({
        deleted: await oss.bucket(query.get('bucket') ?? '').deleteObject(query.get('key') ?? ''),
      }),
      'GET uploads': () => this.#reportUploads(),
      'DELETE uploads': async (_, query) => {
        const bucket = oss.bucket(query.get('bucket') ?? '');
        const upload = bucket.uploads.get(query.get('uploadId') ?? '');
        if (upload) await bucket.abortUpload(upload);
        return { deleted: upload !== undefined };
      },
      'POST parts/drop': async (body) => {
        const { bucket, uploadId, partNumber } = body as ControlRequests['drop'];
        const upload = oss.bucket(bucket).uploads.get(uploadId);
        return { dropped: upload ? await oss.bucket(bucket).dropPart(upload, partNumber) : false };
      },
      'POST sts': (body) => {
        const { lifetime, policy } = body as ControlRequests['sts'];
        return oss.tokens.issue(lifetime, policy && parsePolicy(JSON.stringify(policy)));
      },
    };
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort(new Error('The client has gone.')));
    const { status, body } = await this.#answer(request, gone.signal);
    response.writeHead(status, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      'Access-Control-Allow-Headers': '*',
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(body === undefined ? {} : body));
  }

  async #answer(request: IncomingMessage, gone: AbortSignal): Promise<{ status: number; body?: unknown }> {
    if (request.method === 'OPTIONS') return { status: 200 };
    const url = new URL(request.url ?? '', 'http://localhost');
    const handler = this.#handlers[`${request.method} ${url.pathname.slice(CONTROL_PATH.length)}`];
    if (!handler)
      return { status: 404, body: { error: `No such endpoint: ${request.method} ${url.pathname}` } };
    try {
      return { status: 200, body: await handler(await readBody(request), url.searchParams, gone) };
    } catch (error) {
      return { status: 400, body: { error: (error as Error).message } };
    }
  }

  async #reportObject(bucketName: string, key: string): Promise<ObjectReport | null> {
    const bucket = this.#oss.bucket(bucketName);
    const object = bucket.objects.get(key);
    if (!object) return null;
    const sha256 = createHash('sha256');
    for await (const chunk of bucket.read(object)) sha256.update(chunk);
    const { headers, storageClass, acl, tags } = object.settings;
    const meta = Object.entries(headers)
      .filter(([name]) => name.startsWith('x-oss-meta-'))
      .map(([name, value]) => [name.slice('x-oss-meta-'.length), value]);
    return {
      size: object.size,
      etag: object.etag,
      crc64: String(object.crc64),
      sha256: sha256.digest('hex'),
      contentType: headers['content-type'],
      meta: Object.fromEntries(meta) as Record<string, string>,
      headers,
      storageClass,
      acl,
      tags,
    };
  }

  #reportUploads(): UploadReport[] {
    return [...this.#oss.buckets.values()].flatMap((bucket) =>
      [...bucket.uploads.values()].map((upload) => reportUpload(bucket.name, upload)),
    );
  }
}

const reportUpload = (bucket: string, { key, id, initiated, parts }: Upload): UploadReport => ({
  bucket,
  key,
  uploadId: id,
  initiated,
  parts: [...parts.values()]
    .sort((a, b) => a.number - b.number)
    .map(({ number, size, etag }) => ({ number, size, etag: `"${etag}"` })),
});

function readFilter(query: URLSearchParams): RequestFilter {
  const { partNumber, status, operation, ...rest } = Object.fromEntries(query);
  return {
    ...rest,
    ...(operation !== undefined && { operation: operation.split(',') as Operation[] }),
    ...(partNumber !== undefined && { partNumber: Number(partNumber) }),
    ...(status !== undefined && { status: Number(status) }),
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
}
