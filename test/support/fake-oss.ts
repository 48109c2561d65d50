// An in-memory OSS behind the `OpenGateway` interface. Tests can hold, fail, intercept and count its calls.
// test/adapters/fake-oss.test.ts verifies that it behaves like the real gateway.
import { createMD5 } from 'hash-wasm';
import { toUploadError } from '../../src/adapters/ali-oss/to-upload-error.js';
import { abortable } from '../../src/core/abortable.js';
import { Crc64 } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import { checkObjectKey } from '../../src/core/object-key.js';
import type {
  DonePart,
  ObjectOptions,
  ObjectTarget,
  OpenGateway,
  OssGateway,
  SendOptions,
  StoredObject,
} from '../../src/core/ports.js';

export type Operation = keyof OssGateway;

export interface FakeCall {
  operation: Operation;
  /** The part number of `uploadPart`. */
  number?: number | undefined;
  signal: AbortSignal;
  /** Reports sent bytes, for `put` and `uploadPart`. */
  onProgress?: SendOptions['onProgress'];
}

export interface FakePart {
  etag: string;
  bytes: Uint8Array;
}

export interface FakeUpload {
  /** The key of the object; an upload without one matches any key. */
  key?: string;
  parts: Map<number, FakePart>;
}

export interface FakeObject {
  bytes: Uint8Array;
  etag: string;
  /** Milliseconds since 1970. */
  lastModified?: number;
  versionId?: string | undefined;
}

/** The response of the application server to a callback. */
export type FakeCallback = () => unknown;

/**
 * Runs before the operation. If it throws, the operation doesn't run and the call rejects. If it returns a function,
 * that runs after the operation.
 */
export type Interceptor = (call: FakeCall) => void | (() => void) | Promise<void | (() => void)>;

export interface InterceptOptions {
  /** Number of calls to intercept. Default: 1. */
  times?: number;
  /** Intercepts only this part of `uploadPart`. */
  number?: number | undefined;
}

/** The URL of the bucket, without a trailing slash. */
export const FAKE_BUCKET_URL = 'https://bucket.example';

/** @see https://www.alibabacloud.com/help/en/oss/user-guide/multipart-upload */
const MIN_PART_SIZE = 100 * 1024;
const MAX_PART_NUMBER = 10_000;

const md5 = await createMD5();

export class FakeOss {
  /** All calls so far, except those whose signal was already aborted. */
  readonly calls: FakeCall[] = [];
  readonly objects = new Map<string, FakeObject>();
  readonly uploads = new Map<string, FakeUpload>();
  readonly #interceptors: {
    operation: Operation;
    times: number;
    number?: number | undefined;
    run: Interceptor;
  }[] = [];
  readonly #waiting: { operation: Operation; resolve: (call: FakeCall) => void }[] = [];
  readonly #corruptions: { number?: number }[] = [];
  /** Whether CORS exposes `x-oss-hash-crc64ecma`. */
  exposesChecksum = true;
  /** Whether `listParts` includes checksums. */
  listsChecksum = true;
  /** Answers callbacks. If it throws, the request fails with CallbackFailed after the object is stored. */
  callback: FakeCallback = () => ({});
  /** Whether the bucket has versioning. */
  isVersioned = false;
  readonly #now: () => number;
  #lastUpload = 0;
  #lastVersion = 0;

  /** @param now returns the time of the server's clock, in milliseconds since 1970 */
  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** Intercepts the next calls of an operation. */
  intercept(operation: Operation, run: Interceptor, { times = 1, number }: InterceptOptions = {}): void {
    this.#interceptors.push({ operation, run, times, number });
  }

  /** Flips a bit in the next request body. @param where.number limits it to this part */
  damage(where: { number?: number }): void {
    this.#corruptions.push(where);
  }

  /** Makes the next calls of an operation reject without running it. */
  fail(operation: Operation, error: () => UploadError, options?: InterceptOptions): void {
    this.intercept(
      operation,
      () => {
        throw error();
      },
      options,
    );
  }

  /** Holds the next call of an operation until `release` is called or its signal is aborted. */
  hold(operation: Operation, number?: number): { reached: Promise<FakeCall>; release: () => void } {
    let release!: () => void;
    let reach!: (call: FakeCall) => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<FakeCall>((resolve) => (reach = resolve));
    this.intercept(
      operation,
      async (call) => {
        reach(call);
        await abortable(released, call.signal);
      },
      { number },
    );
    return { reached, release };
  }

  /** Resolves with the next call of an operation when it starts. */
  next(operation: Operation): Promise<FakeCall> {
    return new Promise((resolve) => this.#waiting.push({ operation, resolve }));
  }

  /** The part numbers of all `uploadPart` calls, in order. */
  get sentParts(): number[] {
    return this.calls.flatMap(({ operation, number }) => (operation === 'uploadPart' ? [number!] : []));
  }

  /** Returns the number of calls of an operation. */
  count(operation: Operation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  readonly open: OpenGateway = (target) => new Promise((resolve) => resolve(this.#createGateway(target)));

  #createGateway(target: ObjectTarget): OssGateway {
    const { key } = target;
    checkObjectKey(key);
    const url = `${FAKE_BUCKET_URL}/${key.split('/').map(encodeURIComponent).join('/')}`;

    const findUpload = (uploadId: string): FakeUpload => {
      const upload = this.uploads.get(uploadId);
      if (!upload || (upload.key ?? key) !== key) throw ossError(target, 404, 'NoSuchUpload');
      return upload;
    };
    const checkOverwrite = (overwrite = false) => {
      if (!overwrite && !this.isVersioned && this.objects.has(key))
        throw ossError(target, 409, 'FileAlreadyExists');
    };
    const toStoredObject = ({ bytes, etag, versionId }: FakeObject): StoredObject => ({
      ...{ etag, url, crc64: this.exposesChecksum ? crc64Of(bytes) : undefined },
      ...(versionId !== undefined && { versionId }),
    });
    const store = (bytes: Uint8Array, etag: string, { callback }: ObjectOptions): StoredObject => {
      const versionId = this.isVersioned ? `version-${++this.#lastVersion}` : undefined;
      const object = { bytes, etag, versionId, lastModified: this.#now() };
      this.objects.set(key, object);
      return { ...toStoredObject(object), ...(callback && { callback: this.#sendCallback(target) }) };
    };
    const receive = async (body: Blob, { signal, onProgress }: SendOptions, number?: number) => {
      const bytes = await readBody(body, target);
      if (bytes.length > 0 && !signal.aborted) onProgress?.(bytes.length);
      this.#corrupt(bytes, number);
      return bytes;
    };

    return {
      put: (body, options) =>
        this.#call('put', options, async () => {
          checkOverwrite(options.overwrite);
          const bytes = await receive(body, options);
          return store(bytes, `"${md5Of(bytes)}"`, options);
        }),
      createUpload: (options) =>
        this.#call('createUpload', options, () => {
          checkOverwrite(options.overwrite);
          const uploadId = `upload-${++this.#lastUpload}`;
          this.uploads.set(uploadId, { key, parts: new Map() });
          return uploadId;
        }),
      uploadPart: (uploadId, number, body, options) =>
        this.#call(
          'uploadPart',
          options,
          async () => {
            const isValid = Number.isInteger(number) && number >= 1 && number <= MAX_PART_NUMBER;
            if (!isValid) throw ossError(target, 400, 'InvalidArgument');
            const bytes = await receive(body, options, number);
            const etag = `"${md5Of(bytes)}"`;
            findUpload(uploadId).parts.set(number, { etag, bytes });
            return { number, etag, crc64: this.exposesChecksum ? crc64Of(bytes) : undefined };
          },
          number,
        ),
      listParts: (uploadId, options) =>
        this.#call('listParts', options, () =>
          [...findUpload(uploadId).parts]
            .filter(([number]) => number > (options.after ?? 0))
            .sort(([a], [b]) => a - b)
            .slice(0, options.limit)
            .map(([number, { etag, bytes }]) => ({
              ...{ number, etag, size: bytes.length },
              crc64: this.listsChecksum ? crc64Of(bytes) : undefined,
            })),
        ),
      completeUpload: (uploadId, parts, options) =>
        this.#call('completeUpload', options, () => {
          const upload = findUpload(uploadId);
          checkOverwrite(options.overwrite);
          const selected = selectParts(parts, upload, target);
          this.uploads.delete(uploadId);
          return store(concatenate(selected), multipartEtag(selected), options);
        }),
      copyPart: (uploadId, number, { start, end, etag: sourceEtag }, options) =>
        this.#call(
          'copyPart',
          options,
          () => {
            const upload = findUpload(uploadId);
            const source = this.objects.get(key);
            if (!source) throw ossError(target, 404, 'NoSuchKey');
            if (source.etag !== sourceEtag) throw ossError(target, 412, 'PreconditionFailed');
            const bytes = source.bytes.slice(start, end);
            const etag = `"${md5Of(bytes)}"`;
            upload.parts.set(number, { etag, bytes });
            return { number, etag };
          },
          number,
        ),
      abortUpload: (uploadId, options) =>
        this.#call('abortUpload', options, () => {
          findUpload(uploadId);
          this.uploads.delete(uploadId);
        }),
      head: (options) =>
        this.#call('head', options, () => {
          const object = this.objects.get(key);
          return (
            object && {
              ...toStoredObject(object),
              size: object.bytes.length,
              lastModified: object.lastModified,
            }
          );
        }),
    };
  }

  #sendCallback(target: ObjectTarget): unknown {
    try {
      return this.callback();
    } catch {
      throw ossError(target, 203, 'CallbackFailed');
    }
  }

  async #call<T>(
    operation: Operation,
    { signal, onProgress }: SendOptions,
    run: () => T | Promise<T>,
    number?: number,
  ): Promise<T> {
    signal.throwIfAborted();
    const call: FakeCall = { operation, number, signal, onProgress };
    this.calls.push(call);
    this.#waiting.find((waiting) => waiting.operation === operation)?.resolve(call);
    const interceptor = this.#interceptors.find(
      (candidate) =>
        candidate.operation === operation &&
        candidate.times > 0 &&
        (candidate.number === undefined || candidate.number === number),
    );
    if (interceptor) interceptor.times--;
    const after = await interceptor?.run(call);
    signal.throwIfAborted();
    const result = await run();
    after?.();
    // A call that is aborted from here on has taken effect, as when a response is lost.
    signal.throwIfAborted();
    return result;
  }

  #corrupt(bytes: Uint8Array, number?: number): void {
    const index = this.#corruptions.findIndex(
      (where) => where.number === undefined || where.number === number,
    );
    if (index < 0) return;
    this.#corruptions.splice(index, 1);
    bytes[0]! ^= 1;
  }
}

async function readBody(body: Blob, target: ObjectTarget): Promise<Uint8Array> {
  const unreadable = (cause?: unknown) =>
    new UploadError('file-unreadable', { values: valuesOf(target), cause });
  const buffer = await body.arrayBuffer().catch((cause: unknown) => {
    throw unreadable(cause);
  });
  // Firefox reads a file that has shrunk up to its new end.
  if (buffer.byteLength < body.size) throw unreadable();
  return new Uint8Array(buffer);
}

/** Like the SDK, sorts the parts by number and ignores duplicates; like OSS, checks each of them. */
function selectParts(parts: readonly DonePart[], upload: FakeUpload, target: ObjectTarget): FakePart[] {
  if (parts.length === 0) throw ossError(target, 400, 'MalformedXML');
  const selected = [...parts]
    .sort((a, b) => a.number - b.number)
    .filter(({ number }, index, sorted) => number !== sorted[index - 1]?.number)
    .map(({ number, etag }) => {
      const part = upload.parts.get(number);
      if (part?.etag !== etag) throw ossError(target, 400, 'InvalidPart');
      return part;
    });
  if (selected.slice(0, -1).some(({ bytes }) => bytes.length < MIN_PART_SIZE)) {
    throw ossError(target, 400, 'EntityTooSmall');
  }
  return selected;
}

function concatenate(parts: readonly FakePart[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let offset = 0;
  for (const { bytes } of parts) {
    whole.set(bytes, offset);
    offset += bytes.length;
  }
  return whole;
}

function ossError(target: ObjectTarget, status: number, ossCode: string): UploadError {
  return toUploadError(status, { code: ossCode }, valuesOf(target));
}

function valuesOf({ bucket, region, key }: ObjectTarget): Record<string, string> {
  return { bucket, region, key };
}

function crc64Of(bytes: Uint8Array): string {
  return String(new Crc64().update(bytes).value);
}

function md5Of(data: Uint8Array | string): string {
  return md5.init().update(data).digest('hex').toUpperCase();
}

/** OSS documents this ETag only as unique. Its format is 32 upper-case hexadecimal digits and the number of parts. */
function multipartEtag(parts: readonly FakePart[]): string {
  return `"${md5Of(parts.map(({ etag }) => etag).join())}-${parts.length}"`;
}
