// One OSS request from its first header to the last byte of its answer: address, fault, identity, permission,
// operation, reply. What each of these means is decided in the modules it calls.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAddress, type Address } from './address.js';
import { readClaim, type Authenticator, type Claim, type Identity } from './authentication.js';
import { answerPreflight, corsHeaders } from './cors.js';
import type { ArmedFault, FaultPlan } from './faults.js';
import { Line } from './throttle.js';
import { listMultipartUploads, listObjectsV2 } from './listing-operations.js';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  initiateMultipartUpload,
  listParts,
  uploadPart,
} from './multipart-operations.js';
import {
  deleteObject,
  getObject,
  getObjectTagging,
  headObject,
  MAX_BODY,
  putObject,
  putObjectTagging,
} from './object-operations.js';
import { ACTIONS, operationOf, type KnownOperation, type Operation } from './operation.js';
import { accessDenied, noSuchBucket, notImplemented, OssError } from './oss-error.js';
import { isAllowed } from './policy.js';
import type { OssRequest, Reply } from './reply.js';
import { ConnectionLost, RequestBody } from './request-body.js';
import type { RequestEntry, RequestLog } from './request-log.js';
import type { SignableRequest } from './signature.js';
import type { Bucket, Store } from './store.js';

const OPERATIONS: Record<KnownOperation, (request: OssRequest) => Promise<Reply>> = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  PutObjectTagging: putObjectTagging,
  GetObjectTagging: getObjectTagging,
  InitiateMultipartUpload: initiateMultipartUpload,
  UploadPart: uploadPart,
  ListParts: listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
  ListMultipartUploads: listMultipartUploads,
  ListObjectsV2: listObjectsV2,
};

export interface OssServiceParts {
  store: Store;
  authenticator: Authenticator;
  faults: FaultPlan;
  requests: RequestLog;
  line: Line;
  /** The server's clock: milliseconds since the epoch. */
  now: () => number;
}

/** Operations that read the body themselves, as it arrives. */
const READS_BODY = new Set<Operation>([
  'PutObject',
  'UploadPart',
  'CompleteMultipartUpload',
  'PutObjectTagging',
]);

/** A request under way. */
interface SdkHttpClient {
  request: IncomingMessage;
  response: ServerResponse;
  headers: ReadonlyMap<string, string>;
  method: string;
  address: Address;
  operation: Operation;
  claim: Claim;
  /** What is wrong with the request line or its credentials, told when it is time to answer. */
  refusal: OssError | undefined;
  fault: ArmedFault | undefined;
  lines: Line[];
  entry: RequestEntry;
  /** Resolves when the answer is out or the connection gone. */
  closed: Promise<void>;
}

export class OssService {
  readonly #parts: OssServiceParts;

  constructor(parts: OssServiceParts) {
    this.#parts = parts;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { line, requests } = this.#parts;
    const exchange = this.#open(request, response);
    try {
      if (line.settings.latency > 0) await sleep(line.settings.latency);
      await this.#send(exchange, await this.#answer(exchange));
    } catch (error) {
      const isLost = error instanceof ConnectionLost || response.destroyed;
      response.destroy();
      if (!isLost) throw error;
    } finally {
      await exchange.closed;
      if (!response.writableFinished) exchange.entry.broken = true;
      requests.end(exchange.entry);
    }
  }

  #open(request: IncomingMessage, response: ServerResponse): SdkHttpClient {
    const { requests, faults, line } = this.#parts;
    const method = request.method ?? 'GET';
    const headers = readHeaders(request);
    let address: Address = { bucket: undefined, key: '', query: new Map() };
    let claim: Claim = { version: 'none', accessKeyId: undefined };
    let refusal: OssError | undefined;
    try {
      address = readAddress(headers.get('host') ?? '', request.url ?? '/', (name) =>
        this.#bucketBoundTo(name),
      );
      claim = readClaim({ headers, query: address.query });
    } catch (error) {
      if (!(error instanceof OssError)) throw error;
      refusal = error;
    }
    const { bucket, key, query } = address;
    const operation = operationOf(method, key, query, headers);
    const partNumber = query.has('partNumber') ? Number(query.get('partNumber')) : undefined;
    const fault = faults.take({ operation, method, bucket, key, partNumber });
    const entry = requests.begin({
      id: randomBytes(12).toString('hex').toUpperCase(),
      operation,
      method,
      bucket,
      key,
      partNumber,
      uploadId: query.get('uploadId'),
      origin: headers.get('origin'),
      signatureVersion: claim.version,
      accessKeyId: claim.accessKeyId,
      fault: fault?.fault.kind,
    });
    const lines = [line];
    if (fault?.fault.kind === 'slow') {
      lines.push(new Line({ bytesPerSecond: fault.fault.bytesPerSecond, latency: 0 }));
      requests.markFaulted(entry);
    }
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    return {
      request,
      response,
      headers,
      method,
      address,
      operation,
      claim,
      refusal,
      fault,
      lines,
      entry,
      closed,
    };
  }

  #bucketBoundTo(hostname: string): string | undefined {
    for (const bucket of this.#parts.store.buckets.values()) {
      if (bucket.settings.domains.includes(hostname)) return bucket.name;
    }
    return undefined;
  }

  async #answer(exchange: SdkHttpClient): Promise<Reply> {
    const body = this.#bodyOf(exchange);
    try {
      if (!READS_BODY.has(exchange.operation)) await body.drain();
      return await this.#execute(exchange, body);
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      // A client listens once its body is out; one that announces too much is not waited for.
      if ((body.announcedSize ?? 0) <= MAX_BODY) await body.drain();
      return this.#refuse(exchange, error);
    }
  }

  async #execute(exchange: SdkHttpClient, body: RequestBody): Promise<Reply> {
    const { operation, address, headers, method, fault, refusal, entry } = exchange;
    if (fault?.fault.kind === 'reset' && fault.fault.at === 'before-body') this.#reset(exchange);
    if (fault?.fault.kind === 'status') {
      this.#parts.requests.markFaulted(entry);
      const { status, code, message, retryAfter } = fault.fault;
      throw new OssError(status, code, message ?? code, retryAfter === undefined ? {} : { retryAfter });
    }
    if (refusal) throw refusal;
    // The list of all buckets is no business of a page that uploads.
    if (address.bucket === undefined) throw notImplemented();
    const bucketStore = this.#parts.store.buckets.get(address.bucket);
    if (!bucketStore) throw noSuchBucket(address.bucket);
    if (operation === 'Preflight') return this.#preflight(exchange, bucketStore);
    const signed: SignableRequest = {
      method,
      bucket: bucketStore.name,
      key: address.key,
      headers,
      query: address.query,
    };
    const identity = this.#parts.authenticator.verify(exchange.claim, signed, bucketStore.settings.region);
    if (operation === 'Unknown') throw notImplemented();
    authorize(identity, operation, signed, bucketStore);
    if (fault?.fault.kind === 'vanish') await this.#vanish(exchange, bucketStore);
    return await OPERATIONS[operation]({
      ...signed,
      id: entry.id,
      url: `http://${headers.get('host')}${exchange.request.url?.replace(/\?.*$/, '')}`,
      clientIp: exchange.request.socket.remoteAddress ?? '',
      bucketStore,
      body,
    });
  }

  #preflight({ headers }: SdkHttpClient, bucket: Bucket): Reply {
    const allowed = answerPreflight(bucket.settings.cors, {
      origin: headers.get('origin'),
      method: headers.get('access-control-request-method'),
      headers: headers.get('access-control-request-headers'),
    });
    return { status: 200, headers: allowed, body: '' };
  }

  async #vanish({ address, entry }: SdkHttpClient, bucket: Bucket): Promise<void> {
    this.#parts.requests.markFaulted(entry);
    const upload = bucket.uploads.get(address.query.get('uploadId') ?? '');
    if (upload) await bucket.abortUpload(upload);
  }

  #bodyOf(exchange: SdkHttpClient): RequestBody {
    const { request, lines, fault, entry } = exchange;
    return new RequestBody(request, {
      lines,
      fault,
      onBytes: (count) => {
        entry.bytesReceived += count;
        entry.lastByteAt = Date.now();
      },
      onFault: () => this.#parts.requests.markFaulted(entry),
      hold: (released) => hold(exchange, released),
    });
  }

  #refuse({ address, headers, method, entry }: SdkHttpClient, error: unknown): Reply {
    const refusal = error instanceof OssError ? error : new OssError(500, 'InternalError', String(error));
    if (refusal !== error) console.error(error);
    entry.code = refusal.code;
    const xml = refusal.toXml(entry.id, headers.get('host') ?? address.bucket ?? '');
    return {
      status: refusal.status,
      headers: {
        'Content-Type': 'application/xml',
        ...(refusal.ec && { 'x-oss-ec': refusal.ec }),
        ...(refusal.retryAfter !== undefined && { 'Retry-After': refusal.retryAfter }),
        // The answer to HEAD has no body; OSS puts the error here.
        ...(method === 'HEAD' && { 'x-oss-err': Buffer.from(xml).toString('base64') }),
      },
      body: xml,
    };
  }

  async #send(exchange: SdkHttpClient, reply: Reply): Promise<void> {
    const { response, headers, method, address, operation, fault, entry, lines } = exchange;
    if (fault?.fault.kind === 'lost-answer') this.#reset(exchange);
    if (fault?.fault.kind === 'late-answer') {
      this.#parts.requests.markFaulted(entry);
      await Promise.race([sleep(fault.fault.delay), exchange.closed]);
    }
    const cors = this.#parts.store.buckets.get(address.bucket ?? '')?.settings.cors ?? [];
    entry.status = reply.status;
    response.writeHead(reply.status, {
      Server: 'AliyunOSS',
      Date: new Date(this.#parts.now()).toUTCString(),
      'x-oss-request-id': entry.id,
      ...(operation !== 'Preflight' && corsHeaders(cors, headers.get('origin'), method)),
      ...writeHeaders(reply.headers ?? {}),
    });
    if (typeof reply.body === 'object' && method !== 'HEAD') {
      await pipeline(throttled(reply.body, lines), response);
    } else {
      response.end(method === 'HEAD' ? undefined : reply.body);
    }
  }

  #reset({ request, entry }: SdkHttpClient): never {
    this.#parts.requests.markFaulted(entry);
    request.socket.resetAndDestroy();
    throw new ConnectionLost();
  }
}

function authorize(
  identity: Identity,
  operation: KnownOperation,
  request: SignableRequest,
  bucket: Bucket,
): void {
  if (identity.accessKeyId === undefined) {
    const isRead = operation === 'GetObject' || operation === 'HeadObject';
    if (isRead && bucket.objects.get(request.key)?.settings.acl.startsWith('public-read')) return;
    throw accessDenied('Anonymous user has no right to access this bucket.');
  }
  if (!identity.policy) return;
  const actions: string[] = [ACTIONS[operation]];
  if (request.headers.has('x-oss-tagging')) actions.push(ACTIONS.PutObjectTagging);
  const resource = request.key === '' ? request.bucket : `${request.bucket}/${request.key}`;
  for (const action of actions) {
    if (!isAllowed(identity.policy, action, resource)) {
      throw accessDenied('You have no right to access this object because of the session policy.', {
        details: { AuthAction: action },
        ec: '0003-00000001',
      });
    }
  }
}

async function hold({ closed }: SdkHttpClient, released: AbortSignal): Promise<void> {
  if (released.aborted) return;
  const gone = closed.then(() => true);
  const goesOn = once(released, 'abort').then(() => false);
  if (await Promise.race([gone, goesOn])) throw new ConnectionLost();
}

async function* throttled(body: AsyncIterable<Buffer>, lines: readonly Line[]): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    for (const line of lines) if (line.isLimited) await line.pass(chunk.length);
    yield chunk;
  }
}

// Headers are bytes: Node hands them over as Latin-1, OSS and its SDKs mean UTF-8.
function readHeaders(request: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue;
    headers.set(name, Buffer.from(Array.isArray(value) ? value.join(',') : value, 'latin1').toString());
  }
  return headers;
}

const writeHeaders = (headers: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(String(value)).toString('latin1')]),
  );
