// JSON API under /_control/ that lets tests and pages control the emulator. Bucket names can't start with an underscore,
// so the path is never a bucket. If the host names a bucket, the path is an object key instead. Requests need the emulator's
// token. No response allows other origins: a page that is to control the emulator gets the token from its own server, which
// also serves this API to it.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CorsRule } from './cors.js';
import type { FaultRule } from './faults.js';
import type { BucketOptions, LocalOss } from './emulator.js';
import { BodyTooLarge, readLimitedBody } from './limited-body.js';
import type { Operation } from './operation.js';
import { parsePolicy, type Policy } from './policy.js';
import { parseTarget } from './request-target.js';
import type { RequestFilter, RequestPhase } from './request-log.js';
import type { ResponseFormat } from './response-format.js';
import type { Upload } from './store.js';
import type { NetworkConditions } from './throttle.js';

/** Path prefix of the control API. */
export const CONTROL_PATH = '/_control/';

/** Properties of a stored object. */
export interface ObjectInfo {
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  /** Decimal CRC-64. */
  crc64: string;
  /** Lowercase hex digest of the stored bytes. */
  sha256: string;
  contentType: string | undefined;
  /** User metadata; names without the `x-oss-meta-` prefix. */
  meta: Record<string, string>;
  headers: Record<string, string>;
  storageClass: string;
  acl: string;
  tags: Record<string, string>;
}

/** State of an in-progress multipart upload. */
export interface UploadInfo {
  bucket: string;
  key: string;
  uploadId: string;
  /** Milliseconds since the epoch. */
  initiated: number;
  /** Stored parts in ascending order; sizes in bytes, ETags with quotes. */
  parts: { number: number; size: number; etag: string }[];
}

/** Request bodies of the endpoints. */
export interface ControlRequests {
  buckets: BucketOptions & { name: string };
  cors: { bucket: string; rules: CorsRule[] };
  faults: FaultRule;
  waitForNext: { filter?: RequestFilter; phase?: RequestPhase };
  waitFor: { filter?: RequestFilter; count?: number; phase?: RequestPhase };
  /** Milliseconds ahead of the real clock. */
  clock: { offset: number };
  network: NetworkConditions;
  responseFormat: Partial<ResponseFormat>;
  /** Lifetime in milliseconds. */
  sts: { lifetime: number; policy?: Policy };
}

/** @param signal Aborts when the client disconnects. */
type Handler = (body: unknown, query: URLSearchParams, signal: AbortSignal) => unknown;

/** Handles the requests to the control API of an emulator. */
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
      'GET requests': (_, query) => oss.requests.all(parseFilter(query)),
      'DELETE requests': () => oss.requests.clear(),
      'POST requests/wait-next': (body, _, signal) => {
        const { filter, phase } = body as ControlRequests['waitForNext'];
        return oss.requests.waitForNext(filter, phase, signal);
      },
      'POST requests/wait': (body, _, signal) => {
        const { filter, count, phase } = body as ControlRequests['waitFor'];
        return oss.requests.waitFor(filter ?? {}, count, phase, signal);
      },
      'POST clock': (body) => oss.setClockOffset((body as ControlRequests['clock']).offset),
      'POST network': (body) => oss.setNetworkConditions(body as NetworkConditions),
      'POST response-format': (body) => oss.setResponseFormat(body as ControlRequests['responseFormat']),
      'GET object': (_, query) => this.#describeObject(query.get('bucket') ?? '', query.get('key') ?? ''),
      'DELETE object': async (_, query) => ({
        deleted: await oss.bucket(query.get('bucket') ?? '').deleteObject(query.get('key') ?? ''),
      }),
      'GET uploads': () => this.#describeUploads(),
      'DELETE uploads': async (_, query) => {
        const bucket = oss.bucket(query.get('bucket') ?? '');
        const upload = bucket.uploads.get(query.get('uploadId') ?? '');
        if (upload) await bucket.abortUpload(upload);
        return { deleted: upload !== undefined };
      },
      'DELETE parts': async (_, query) => {
        const bucket = oss.bucket(query.get('bucket') ?? '');
        const upload = bucket.uploads.get(query.get('uploadId') ?? '');
        return { deleted: upload ? await bucket.deletePart(upload, Number(query.get('partNumber'))) : false };
      },
      'POST sts': (body) => {
        const { lifetime, policy } = body as ControlRequests['sts'];
        return oss.tokens.issue(lifetime, policy && parsePolicy(JSON.stringify(policy)));
      },
      'DELETE sts': () => oss.tokens.expireAll(),
    };
  }

  /**
   * Responds with JSON: 200 with the result, 400 with the error's message, 401 without the token, 404 for an unknown
   * endpoint, or 413 for a body that is too large.
   */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const disconnected = new AbortController();
    response.once('close', () => disconnected.abort(new Error('The client disconnected.')));
    const { status, body } = await this.#dispatch(request, disconnected.signal);
    response.writeHead(status, {
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json',
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    });
    response.end(JSON.stringify(body === undefined ? {} : body));
  }

  async #dispatch(
    request: IncomingMessage,
    signal: AbortSignal,
  ): Promise<{ status: number; body?: unknown }> {
    if (!this.#isAuthorized(request))
      return {
        status: 401,
        body: { error: 'The control API needs the token of this run as a Bearer token.' },
      };
    const url = parseTarget(request);
    const handler = this.#handlers[`${request.method} ${url.pathname.slice(CONTROL_PATH.length)}`];
    if (!handler)
      return { status: 404, body: { error: `Unknown endpoint: ${request.method} ${url.pathname}` } };
    try {
      return { status: 200, body: await handler(await readBody(request), url.searchParams, signal) };
    } catch (error) {
      const status = error instanceof BodyTooLarge ? 413 : 400;
      return { status, body: { error: (error as Error).message } };
    }
  }

  #isAuthorized({ headers: { authorization = '' } }: IncomingMessage): boolean {
    const expected = Buffer.from(`Bearer ${this.#oss.controlToken}`);
    const provided = Buffer.from(authorization);
    return provided.length === expected.length && timingSafeEqual(provided, expected);
  }

  async #describeObject(bucketName: string, key: string): Promise<ObjectInfo | null> {
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

  #describeUploads(): UploadInfo[] {
    return [...this.#oss.buckets.values()].flatMap((bucket) =>
      [...bucket.uploads.values()].map((upload) => describeUpload(bucket.name, upload)),
    );
  }
}

const describeUpload = (bucket: string, { key, id, initiated, parts }: Upload): UploadInfo => ({
  bucket,
  key,
  uploadId: id,
  initiated,
  parts: [...parts.values()]
    .sort((a, b) => a.number - b.number)
    .map(({ number, size, etag }) => ({ number, size, etag: `"${etag}"` })),
});

function parseFilter(query: URLSearchParams): RequestFilter {
  const { partNumber, status, operation, ...rest } = Object.fromEntries(query);
  return {
    ...rest,
    ...(operation !== undefined && { operation: operation.split(',') as Operation[] }),
    ...(partNumber !== undefined && { partNumber: Number(partNumber) }),
    ...(status !== undefined && { status: Number(status) }),
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const body = (await readLimitedBody(request)).toString();
  return body === '' ? {} : JSON.parse(body);
}
