// An OSS in memory behind the gateway port, whose requests a test can hold, fail or count.
import { Crc64 } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { DonePart, OpenGateway, OssGateway, StoredObject } from '../../src/core/ports.js';

export type Operation = keyof OssGateway;

export interface FakeCall {
  operation: Operation;
  /** Of uploadPart. */
  number?: number;
  signal: AbortSignal;
}

interface FakeUpload {
  parts: Map<number, { etag: string; bytes: Uint8Array }>;
}

/** Runs before the operation, which happens unless it throws. A function that it returns runs after it. */
export type Interceptor = (call: FakeCall) => void | (() => void) | Promise<void | (() => void)>;

export class FakeOss {
  readonly calls: FakeCall[] = [];
  readonly objects = new Map<string, { bytes: Uint8Array; etag: string }>();
  readonly uploads = new Map<string, FakeUpload>();
  readonly #interceptors: { operation: Operation; times: number; number?: number; run: Interceptor }[] = [];
  readonly #waiting: { operation: Operation; resolve: (call: FakeCall) => void }[] = [];
  readonly #damages: { number?: number }[] = [];
  /** Whether the page may see checksums. */
  exposesChecksum = true;
  /** Whether a list of parts tells their checksums. */
  listsChecksum = true;
  #lastUpload = 0;

  /** @param times how many calls it meets @param number of the part, or any */
  intercept(
    operation: Operation,
    run: Interceptor,
    { times = 1, number }: { times?: number; number?: number } = {},
  ): void {
    this.#interceptors.push({ operation, run, times, number });
  }

  /** Flips a bit of the next body on its way. @param number of the part, or any */
  damage(where: { number?: number }): void {
    this.#damages.push(where);
  }

  /** The next calls fail with this. */
  fail(operation: Operation, error: () => UploadError, options?: { times?: number; number?: number }): void {
    this.intercept(
      operation,
      () => {
        throw error();
      },
      options,
    );
  }

  /** Holds the next call until `release`; it ends early when it is aborted. */
  hold(operation: Operation, number?: number): { reached: Promise<FakeCall>; release: () => void } {
    let release!: () => void;
    let reach!: (call: FakeCall) => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<FakeCall>((resolve) => (reach = resolve));
    this.intercept(
      operation,
      async (call) => {
        reach(call);
        await Promise.race([
          released,
          new Promise((_, reject) =>
            call.signal.addEventListener('abort', () => reject(call.signal.reason as Error)),
          ),
        ]);
      },
      { number },
    );
    return { reached, release };
  }

  /** The next call of this kind. */
  next(operation: Operation): Promise<FakeCall> {
    return new Promise((resolve) => this.#waiting.push({ operation, resolve }));
  }

  /** Part numbers in the order in which they were asked for. */
  get sentParts(): number[] {
    return this.calls.flatMap(({ operation, number }) => (operation === 'uploadPart' ? [number!] : []));
  }

  count(operation: Operation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  readonly open: OpenGateway = ({ key }) => {
    const upload = (uploadId: string): FakeUpload => {
      const found = this.uploads.get(uploadId);
      if (!found) throw new UploadError('upload-gone', { status: 404 });
      return found;
    };
    const store = (bytes: Uint8Array, etag: string): StoredObject => {
      this.objects.set(key, { bytes, etag });
      return { etag, url: `https://bucket.example/${key}`, crc64: this.#exposed(bytes) };
    };
    const refuseExisting = (overwrite = false) => {
      if (!overwrite && this.objects.has(key)) throw new UploadError('object-exists', { status: 409 });
    };
    const gateway: OssGateway = {
      put: (body, { signal, overwrite, onProgress }) =>
        this.#perform({ operation: 'put', signal }, async () => {
          refuseExisting(overwrite);
          const bytes = await this.#receive(body);
          onProgress?.(bytes.length);
          return store(bytes, '"PUT"');
        }),
      createUpload: ({ signal, overwrite }) =>
        this.#perform({ operation: 'createUpload', signal }, () => {
          refuseExisting(overwrite);
          const uploadId = `upload-${++this.#lastUpload}`;
          this.uploads.set(uploadId, { parts: new Map() });
          return uploadId;
        }),
      uploadPart: (uploadId, number, body, { signal, onProgress }) =>
        this.#perform({ operation: 'uploadPart', number, signal }, async () => {
          const bytes = await this.#receive(body, number);
          onProgress?.(bytes.length);
          const etag = `"${crc(bytes)}"`;
          upload(uploadId).parts.set(number, { etag, bytes });
          return { number, etag, crc64: this.#exposed(bytes) };
        }),
      listParts: (uploadId, { signal, after = 0, limit }) =>
        this.#perform({ operation: 'listParts', signal }, () =>
          [...upload(uploadId).parts]
            .filter(([number]) => number > after)
            .sort(([a], [b]) => a - b)
            .slice(0, limit)
            .map(([number, { etag, bytes }]) => ({
              ...{ number, etag, size: bytes.length },
              crc64: this.listsChecksum ? crc(bytes) : undefined,
            })),
        ),
      completeUpload: (uploadId, parts, { signal, overwrite }) =>
        this.#perform({ operation: 'completeUpload', signal }, () => {
          refuseExisting(overwrite);
          const bytes = join(parts, upload(uploadId));
          this.uploads.delete(uploadId);
          return store(bytes, `"OBJECT-${parts.length}"`);
        }),
      abortUpload: (uploadId, { signal }) =>
        this.#perform({ operation: 'abortUpload', signal }, () => {
          upload(uploadId);
          this.uploads.delete(uploadId);
        }),
      head: ({ signal }) =>
        this.#perform({ operation: 'head', signal }, () => {
          const object = this.objects.get(key);
          return (
            object && {
              etag: object.etag,
              size: object.bytes.length,
              url: `https://bucket.example/${key}`,
              crc64: this.#exposed(object.bytes),
            }
          );
        }),
    };
    return Promise.resolve(gateway);
  };

  async #receive(body: Blob, number?: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(await body.arrayBuffer());
    const damage = this.#damages.findIndex((where) => where.number === undefined || where.number === number);
    if (damage >= 0) {
      this.#damages.splice(damage, 1);
      bytes[0]! ^= 1;
    }
    return bytes;
  }

  #exposed(bytes: Uint8Array): string | undefined {
    return this.exposesChecksum ? crc(bytes) : undefined;
  }

  async #perform<T>(call: FakeCall, operation: () => T | Promise<T>): Promise<T> {
    this.calls.push(call);
    this.#waiting.find((waiting) => waiting.operation === call.operation)?.resolve(call);
    const interceptor = this.#interceptors.find(
      ({ operation, times, number }) =>
        operation === call.operation && times > 0 && (number === undefined || number === call.number),
    );
    if (interceptor) interceptor.times--;
    const after = await interceptor?.run(call);
    call.signal.throwIfAborted();
    const result = await operation();
    after?.();
    call.signal.throwIfAborted();
    return result;
  }
}

function join(parts: readonly DonePart[], { parts: stored }: FakeUpload): Uint8Array {
  const pieces = parts.map(({ number, etag }) => {
    const part = stored.get(number);
    if (part?.etag !== etag) throw new UploadError('request-refused', { ossCode: 'InvalidPart' });
    return part.bytes;
  });
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

function crc(bytes: Uint8Array): string {
  return String(new Crc64().update(bytes).value);
}
