// Reads a request body, counts and throttles its bytes and applies the faults that affect the body.

import type { IncomingMessage } from 'node:http';
import type { ActiveFault } from './faults.js';
import { OssError } from './oss-error.js';
import type { Throttle } from './throttle.js';

/** Thrown when the connection is lost. No response can be sent, and the received bytes must be discarded. */
export class ConnectionLost extends Error {}

/** Options of {@link RequestBody}. */
export interface RequestBodyOptions {
  /** Bandwidth limits that apply to the body. */
  throttles: readonly Throttle[];
  fault: ActiveFault | undefined;
  /** Chunks at the start of the body that have been read from the request. */
  received: readonly Buffer[];
  /** Position in the body from which the offset of the fault `corrupt` counts, in bytes. */
  contentPosition: number;
  /** Called with the size of each received chunk, in bytes. */
  onBytes: (count: number) => void;
  /** Called when a fault takes effect. */
  onFault: () => void;
  /**
   * Resolves when the fault is removed.
   * @throws {ConnectionLost} If the client disconnects first.
   */
  stall: (removed: AbortSignal) => Promise<void>;
}

/** Body of a request as a stream of chunks. */
export class RequestBody implements AsyncIterable<Buffer> {
  readonly #request: IncomingMessage;
  readonly #options: RequestBodyOptions;
  #chunks: AsyncGenerator<Buffer> | undefined;

  constructor(request: IncomingMessage, options: RequestBodyOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** Size in bytes from the `Content-Length` header; `undefined` for a chunked body. */
  get contentLength(): number | undefined {
    const length = this.#request.headers['content-length'];
    return length === undefined ? undefined : Number(length);
  }

  get isChunked(): boolean {
    return this.#request.headers['transfer-encoding'] !== undefined;
  }

  /** Returns the only iterator over the body. It throws {@link ConnectionLost} if the body is incomplete. */
  [Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    this.#chunks ??= this.#read();
    return this.#chunks;
  }

  /**
   * Reads the whole body as UTF-8 text.
   * @throws {OssError} `EntityTooLarge` (400) if it is longer than `limit` bytes.
   * @throws {ConnectionLost} If the body is incomplete.
   */
  async text(limit: number): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    }
    if (size > limit) throw new OssError(400, 'EntityTooLarge', 'The body of the request is too large.');
    return Buffer.concat(chunks).toString();
  }

  /** Reads and discards the rest of the body, because clients only read the response after sending it. */
  async drain(): Promise<void> {
    const chunks = this[Symbol.asyncIterator]();
    while (!(await chunks.next()).done);
  }

  async *#read(): AsyncGenerator<Buffer> {
    const { onBytes, fault, throttles } = this.#options;
    let received = 0;
    await this.#applyFault(fault, received, 0);
    try {
      for await (const chunk of this.#receive()) {
        const start = received;
        received += chunk.length;
        for (const throttle of throttles) if (throttle.isLimited) await throttle.pass(chunk.length);
        onBytes(chunk.length);
        await this.#applyFault(fault, start, received);
        this.#corrupt(chunk, start);
        yield chunk;
      }
    } catch (error) {
      throw this.#request.complete && !this.#request.destroyed ? error : new ConnectionLost();
    }
    if (!this.#request.complete) throw new ConnectionLost();
    if (fault?.fault.kind === 'reset' && fault.fault.at === 'after-body') this.#reset();
  }

  async *#receive(): AsyncGenerator<Buffer> {
    yield* this.#options.received;
    yield* this.#request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  }

  // Applies a fault whose offset is in the chunk from `start` to `end`. Both are zero before the first byte.
  async #applyFault(active: ActiveFault | undefined, start: number, end: number): Promise<void> {
    if (!active) return;
    const { fault, removed } = active;
    if (fault.kind === 'stall') {
      const offset = fault.afterBytes ?? 0;
      if (offset < start || offset > end || (end > 0 && offset === start)) return;
      this.#options.onFault();
      await this.#options.stall(removed);
    } else if (fault.kind === 'reset' && fault.at === 'in-body' && end > 0) {
      if (end >= (fault.afterBytes ?? Math.ceil((this.contentLength ?? 0) / 2))) this.#reset();
    }
  }

  #reset(): never {
    this.#options.onFault();
    this.#request.socket.resetAndDestroy();
    throw new ConnectionLost();
  }

  #corrupt(chunk: Buffer, start: number): void {
    const { fault } = this.#options.fault ?? {};
    if (fault?.kind !== 'corrupt') return;
    const index = this.#options.contentPosition + (fault.offset ?? 0) - start;
    if (index < 0 || index >= chunk.length) return;
    this.#options.onFault();
    chunk[index] = (chunk[index] ?? 0) ^ 1;
  }
}
