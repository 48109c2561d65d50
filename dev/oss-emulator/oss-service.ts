// Processes OSS requests: parses the address, applies faults, authenticates, authorizes, runs the operation and sends
// the response.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkAddress, isPublicOssHost, parseAddress, parseHost, type Address } from './address.js';
import {
  parseAuthorization,
  parseFormAuthorization,
  type Authenticator,
  type Authorization,
  type Identity,
} from './authentication.js';
import type { CallbackUrls } from './callback.js';
import { copyObject, copySourceKey } from './copy-operations.js';
import { preflightHeaders, corsHeaders } from './cors.js';
import type { ActiveFault, FaultInjector } from './faults.js';
import { readFormStart, toPutHeaders, type FormStart } from './form.js';
import { listMultipartUploads, listObjects, listObjectsV2 } from './listing-operations.js';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  initiateMultipartUpload,
  listParts,
  uploadPart,
  uploadPartCopy,
} from './multipart-operations.js';
import {
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectTagging,
  headObject,
  MAX_BODY_BYTES,
  putObject,
  putObjectAcl,
  putObjectTagging,
} from './object-operations.js';
import { ACTIONS, identifyOperation, type ImplementedOperation, type Operation } from './operation.js';
import { accessDenied, noSuchBucket, notImplemented, OssError } from './oss-error.js';
import type { OssRequest, OssResponse } from './oss-message.js';
import { findDenial, type PolicyDenial } from './policy.js';
import { postObject } from './post-object.js';
import { ConnectionLost, RequestBody } from './request-body.js';
import type { RequestEntry, RequestLog } from './request-log.js';
import { formatHeaders, OSS_FORMAT, type ResponseFormat } from './response-format.js';
import type { SignableRequest } from './signature.js';
import type { Bucket, Store } from './store.js';
import { checkSupported, checkSupportedForm, OVERRIDE_PREFIX } from './supported.js';
import { Throttle } from './throttle.js';
import { parseTrafficLimit } from './traffic-limit.js';

const OPERATIONS: Record<ImplementedOperation, (request: OssRequest) => Promise<OssResponse>> = {
  PutObject: putObject,
  PostObject: postObject,
  GetObject: getObject,
  HeadObject: headObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  PutObjectTagging: putObjectTagging,
  GetObjectTagging: getObjectTagging,
  PutObjectAcl: putObjectAcl,
  GetObjectAcl: getObjectAcl,
  InitiateMultipartUpload: initiateMultipartUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  ListParts: listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
  ListMultipartUploads: listMultipartUploads,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
};

/** Services that {@link OssService} depends on. */
export interface OssServiceDependencies {
  store: Store;
  authenticator: Authenticator;
  faults: FaultInjector;
  requests: RequestLog;
  /** Network conditions that all requests share. */
  throttle: Throttle;
  /** The URLs that upload callbacks may be sent to. */
  callbackUrls: CallbackUrls;
  /** Returns the emulator's time in milliseconds since the epoch. */
  now: () => number;
}

/** Operations that read the body themselves. For all others, it is drained first. */
const BODY_OPERATIONS = new Set<Operation>([
  'PutObject',
  'PostObject',
  'UploadPart',
  'CompleteMultipartUpload',
  'PutObjectTagging',
]);

/** State of a request that is being processed. */
interface RequestContext {
  request: IncomingMessage;
  response: ServerResponse;
  headers: ReadonlyMap<string, string>;
  method: string;
  address: Address;
  operation: Operation;
  authorization: Authorization;
  /** The start of the body of a PostObject request. */
  formStart: FormStart;
  /** Error in the address, the authentication parameters or the form; sent once the body has been received. */
  parseError: OssError | ConnectionLost | undefined;
  fault: ActiveFault | undefined;
  /** Bandwidth limits that apply to the request. */
  throttles: Throttle[];
  entry: RequestEntry;
  /** Resolves when the response is sent or the connection is lost. */
  closed: Promise<void>;
}

/** Handles the requests to the OSS API. */
export class OssService {
  responseFormat: ResponseFormat = OSS_FORMAT;
  readonly #dependencies: OssServiceDependencies;

  constructor(dependencies: OssServiceDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Processes a request. Resolves when the response is sent or the connection is lost.
   * @throws Unexpected errors; expected ones are sent as responses.
   */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { throttle, requests } = this.#dependencies;
    const context = await this.#createContext(request, response);
    try {
      if (throttle.conditions.latency > 0) await sleep(throttle.conditions.latency);
      await this.#send(context, await this.#respond(context));
    } catch (error) {
      const isDisconnected = error instanceof ConnectionLost || response.destroyed;
      response.destroy();
      if (!isDisconnected) throw error;
    } finally {
      await context.closed;
      if (!response.writableFinished) context.entry.disconnected = true;
      requests.end(context.entry);
    }
  }

  async #createContext(request: IncomingMessage, response: ServerResponse): Promise<RequestContext> {
    const { requests, faults, throttle } = this.#dependencies;
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    const method = request.method ?? 'GET';
    const headers = readHeaders(request);
    let address: Address = {
      bucket: undefined,
      isPathStyle: false,
      endpoint: undefined,
      key: '',
      query: new Map(),
    };
    let authorization: Authorization = { version: 'none', accessKeyId: undefined };
    let operation: Operation = 'Unknown';
    let formStart: FormStart = { chunks: [] };
    let parseError: OssError | ConnectionLost | undefined;
    try {
      address = parseAddress(headers.get('host') ?? '', request.url ?? '/', (name) =>
        this.#findBucketByDomain(name),
      );
      if (address.bucket !== undefined)
        operation = identifyOperation(method, address.key, address.query, headers);
      if (operation === 'PostObject') {
        // The form contains the key, which faults and the log need.
        formStart = await readFormStart(request);
        parseError = formStart.error;
        if (formStart.form) {
          address = { ...address, key: formStart.form.key };
          authorization = parseFormAuthorization(formStart.form.fields);
        }
      } else {
        authorization = parseAuthorization({ headers, query: address.query });
      }
    } catch (error) {
      if (!(error instanceof OssError)) throw error;
      parseError = error;
    }
    const { bucket, key, query } = address;
    const partNumber = query.has('partNumber') ? Number(query.get('partNumber')) : undefined;
    const fault = faults.take({ operation, method, bucket, key, partNumber });
    const entry = requests.start({
      id: randomBytes(12).toString('hex').toUpperCase(),
      operation,
      method,
      bucket,
      key,
      partNumber,
      uploadId: query.get('uploadId'),
      origin: headers.get('origin'),
      signatureVersion: authorization.version,
      accessKeyId: authorization.accessKeyId,
      fault: fault?.fault.kind,
    });
    const throttles = [throttle];
    if (fault?.fault.kind === 'slow') {
      throttles.push(new Throttle({ bytesPerSecond: fault.fault.bytesPerSecond, latency: 0 }));
      requests.markFaulted(entry);
    }
    return {
      request,
      response,
      headers,
      method,
      address,
      operation,
      authorization,
      formStart,
      parseError,
      fault,
      throttles,
      entry,
      closed,
    };
  }

  /**
   * Returns whether a host name is a domain bound to a bucket, or a public name of OSS, which SDKs send even if their
   * endpoint is an IP address.
   * @param hostname In lowercase, without the port.
   */
  isBucketHost(hostname: string): boolean {
    return isPublicOssHost(hostname) || this.#findBucketByDomain(hostname) !== undefined;
  }

  /** Returns whether a request names its bucket in the host, so that the whole path is an object key. */
  hasBucketInHost({ headers: { host = '' } }: IncomingMessage): boolean {
    return parseHost(host.toLowerCase(), (name) => this.#findBucketByDomain(name)).bucket !== undefined;
  }

  #findBucketByDomain(hostname: string): string | undefined {
    for (const bucket of this.#dependencies.store.buckets.values()) {
      if (bucket.settings.domains.includes(hostname)) return bucket.name;
    }
    return undefined;
  }

  async #respond(context: RequestContext): Promise<OssResponse> {
    const body = this.#createBody(context);
    try {
      if (!BODY_OPERATIONS.has(context.operation)) await body.drain();
      return await this.#execute(context, body);
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      // Browsers only read the response after sending the body, so drain it unless it exceeds the limit.
      if ((body.contentLength ?? 0) <= MAX_BODY_BYTES) await body.drain();
      return this.#errorResponse(context, error);
    }
  }

  async #execute(context: RequestContext, body: RequestBody): Promise<OssResponse> {
    const { operation, address, headers, method, formStart, fault, parseError, entry, throttles } = context;
    if (fault?.fault.kind === 'reset' && fault.fault.at === 'before-body') this.#reset(context);
    if (fault?.fault.kind === 'status') {
      this.#dependencies.requests.markFaulted(entry);
      const { status, code, message, retryAfter } = fault.fault;
      throw new OssError(status, code, message ?? code, retryAfter === undefined ? {} : { retryAfter });
    }
    if (fault?.fault.kind === 'redirect') {
      await body.drain();
      this.#dependencies.requests.markFaulted(entry);
      const { status, location } = fault.fault;
      return { status, headers: { Location: location, 'Access-Control-Allow-Origin': '*' } };
    }
    if (parseError) throw parseError;
    // Only ListBuckets has no bucket, and uploads don't need it.
    if (address.bucket === undefined) throw notImplemented();
    const bucketStore = this.#dependencies.store.buckets.get(address.bucket);
    // A page can read the refusal of an address only if its preflight succeeds.
    if (operation !== 'Preflight') checkAddress(address, bucketStore?.settings);
    if (!bucketStore) throw noSuchBucket(address.bucket);
    if (operation === 'Preflight') return this.#preflight(context, bucketStore);
    const { form } = formStart;
    const signable: SignableRequest = {
      method,
      bucket: bucketStore.name,
      key: address.key,
      headers: form ? toPutHeaders(form, headers) : headers,
      query: address.query,
    };
    const identity = this.#dependencies.authenticator.verify(
      context.authorization,
      signable,
      bucketStore.settings,
    );
    if (operation === 'Unknown') throw notImplemented();
    checkSupported(operation, { headers, query: address.query });
    if (form) checkSupportedForm(headers, form.fields);
    const trafficLimit = parseTrafficLimit(operation, signable);
    if (trafficLimit > 0) throttles.push(new Throttle({ bytesPerSecond: trafficLimit, latency: 0 }));
    authorize(identity, operation, signable, bucketStore);
    if (fault?.fault.kind === 'abort-upload') await this.#abortUpload(context, bucketStore);
    return await OPERATIONS[operation]({
      ...signable,
      id: entry.id,
      url: `http://${headers.get('host')}${context.request.url?.replace(/\?.*$/, '')}`,
      clientIp: context.request.socket.remoteAddress ?? '',
      bucketStore,
      callbackUrls: this.#dependencies.callbackUrls,
      body,
      form,
      time: this.#dependencies.now(),
    });
  }

  #preflight({ headers }: RequestContext, bucket: Bucket): OssResponse {
    const allowHeaders = preflightHeaders(bucket.settings.cors, {
      origin: headers.get('origin'),
      method: headers.get('access-control-request-method'),
      headers: headers.get('access-control-request-headers'),
    });
    return { status: 200, headers: allowHeaders, body: '' };
  }

  async #abortUpload({ address, entry }: RequestContext, bucket: Bucket): Promise<void> {
    this.#dependencies.requests.markFaulted(entry);
    const upload = bucket.uploads.get(address.query.get('uploadId') ?? '');
    if (upload) await bucket.abortUpload(upload);
  }

  #createBody(context: RequestContext): RequestBody {
    const { request, formStart, throttles, fault, entry } = context;
    return new RequestBody(request, {
      throttles,
      fault,
      received: formStart.chunks,
      contentPosition: formStart.form?.filePosition ?? 0,
      onBytes: (count) => {
        entry.bytesReceived += count;
        entry.lastByteAt = Date.now();
      },
      onFault: () => this.#dependencies.requests.markFaulted(entry),
      stall: (removed) => stall(context, removed),
    });
  }

  #errorResponse({ address, headers, method, entry }: RequestContext, error: unknown): OssResponse {
    const ossError = error instanceof OssError ? error : new OssError(500, 'InternalError', String(error));
    if (ossError !== error) console.error(error);
    entry.code = ossError.code;
    const xml = ossError.toXml(entry.id, headers.get('host') ?? address.bucket ?? '');
    return {
      status: ossError.status,
      headers: {
        'Content-Type': 'application/xml',
        ...(ossError.ec && { 'x-oss-ec': ossError.ec }),
        ...(ossError.retryAfter !== undefined && { 'Retry-After': ossError.retryAfter }),
        // A response to HEAD has no body, so OSS sends the error in this header.
        ...(method === 'HEAD' && { 'x-oss-err': Buffer.from(xml).toString('base64') }),
      },
      body: xml,
    };
  }

  async #send(context: RequestContext, ossResponse: OssResponse): Promise<void> {
    const { response, headers, method, address, operation, fault, entry, throttles } = context;
    if (fault?.fault.kind === 'lost-response') this.#reset(context);
    if (fault?.fault.kind === 'delayed-response') {
      this.#dependencies.requests.markFaulted(entry);
      await Promise.race([sleep(fault.fault.delay), context.closed]);
    }
    const cors = this.#dependencies.store.buckets.get(address.bucket ?? '')?.settings.cors ?? [];
    entry.status = ossResponse.status;
    response.writeHead(ossResponse.status, {
      Server: 'AliyunOSS',
      Date: new Date(this.#dependencies.now()).toUTCString(),
      'x-oss-request-id': entry.id,
      ...(operation !== 'Preflight' && corsHeaders(cors, headers.get('origin'), method)),
      ...encodeHeaders(formatHeaders(ossResponse, this.responseFormat)),
    });
    if (typeof ossResponse.body === 'object' && method !== 'HEAD') {
      await pipeline(throttleBody(ossResponse.body, throttles), response);
    } else {
      response.end(method === 'HEAD' ? undefined : ossResponse.body);
    }
  }

  #reset({ request, entry }: RequestContext): never {
    this.#dependencies.requests.markFaulted(entry);
    request.socket.resetAndDestroy();
    throw new ConnectionLost();
  }
}

function authorize(
  identity: Identity,
  operation: ImplementedOperation,
  request: SignableRequest,
  bucket: Bucket,
): void {
  if (identity.accessKeyId === undefined) {
    const isRead = operation === 'GetObject' || operation === 'HeadObject';
    if (isRead && bucket.objects.get(request.key)?.settings.acl.startsWith('public-read')) {
      if (![...request.query.keys()].some((name) => name.startsWith(OVERRIDE_PREFIX))) return;
      throw new OssError(400, 'InvalidRequest', 'Only signed requests can replace response headers.');
    }
    throw accessDenied('Anonymous user has no right to access this bucket.');
  }
  if (!identity.policy) return;
  const target = request.key === '' ? request.bucket : `${request.bucket}/${request.key}`;
  const needed: [action: string, resource: string][] = [[ACTIONS[operation], target]];
  if (request.headers.has('x-oss-tagging')) needed.push([ACTIONS.PutObjectTagging, target]);
  if (request.headers.has('x-oss-copy-source'))
    needed.push([ACTIONS.GetObject, `${request.bucket}/${copySourceKey(request)}`]);
  for (const [action, resource] of needed) {
    const denial = findDenial(identity.policy, action, resource);
    if (denial) throw deniedBySessionPolicy(denial, action);
  }
}

const deniedBySessionPolicy = (denial: PolicyDenial, action: string): OssError =>
  accessDenied("Access denied by authorizer's policy.", {
    details: {
      AccessDeniedDetail: {
        PolicyType: 'SessionPolicy',
        AuthPrincipalType: 'AssumedRoleUser',
        NoPermissionType: denial,
        AuthAction: action,
      },
    },
    ec: '0003-00000301',
  });

async function stall({ closed }: RequestContext, removed: AbortSignal): Promise<void> {
  if (removed.aborted) return;
  const disconnected = closed.then(() => true);
  const resumed = once(removed, 'abort').then(() => false);
  if (await Promise.race([disconnected, resumed])) throw new ConnectionLost();
}

async function* throttleBody(
  body: AsyncIterable<Buffer>,
  throttles: readonly Throttle[],
): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    for (const throttle of throttles) if (throttle.isLimited) await throttle.pass(chunk.length);
    yield chunk;
  }
}

// Node decodes header values as Latin-1, but OSS and its SDKs send UTF-8.
function readHeaders(request: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue;
    headers.set(name, Buffer.from(Array.isArray(value) ? value.join(',') : value, 'latin1').toString());
  }
  return headers;
}

// Node encodes header values as Latin-1, so UTF-8 bytes are passed as Latin-1 characters.
const encodeHeaders = (headers: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(String(value)).toString('latin1')]),
  );
