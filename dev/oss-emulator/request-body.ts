// A request's body on its way in: counted, slowed down by the line, and met by the faults that concern bytes.

import type { IncomingMessage } from 'node:http';
import type { ArmedFault } from './faults.js';
import type { Line } from './throttle.js';
import { OssError } from './oss-error.js';

/** The connection is gone: nothing is left to answer, and nothing of the body may be kept. */
export class ConnectionLost extends Error {}

export interface RequestBodyOptions {
  /** What every byte has to go through. */
  lines: readonly Line[];
  fault: ArmedFault | undefined;
  onBytes: (count: number) => void;
  onFault: () => void;
  /** Waits until the client has gone or the fault was removed. */
  hold: (released: AbortSignal) => Promise<void>;
}

export class RequestBody implements AsyncIterable<Buffer> {
  readonly #request: IncomingMessage;
  readonly #options: RequestBodyOptions;
  #chunks: AsyncGenerator<Buffer> | undefined;

  constructor(request: IncomingMessage, options: RequestBodyOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** Bytes, as announced; `undefined` for a chunked body. */
  get announcedSize(): number | undefined {
    const length = this.#request.headers['content-length'];
    return length === undefined ? undefined : Number(length);
  }

  get isChunked(): boolean {
    return this.#request.headers['transfer-encoding'] !== undefined;
  }

  /** One pass over the body. @throws {ConnectionLost} when it is cut off. */
  [Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    this.#chunks ??= this.#read();
    return this.#chunks;
  }

  /** The whole body as text. @throws {OssError} when it is longer than `limit` bytes. */
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

  /** Reads to the end what nobody wanted, so that the client is ready to hear the answer. */
  async drain(): Promise<void> {
    const chunks = this[Symbol.asyncIterator]();
    while (!(await chunks.next()).done);
  }

  async *#read(): AsyncGenerator<Buffer> {
    const { onBytes, fault, lines } = this.#options;
    let received = 0;
    await this.#meet(fault, received, 0);
    try {
      for await (const chunk of this.#request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        const start = received;
        received += chunk.length;
        for (const line of lines) if (line.isLimited) await line.pass(chunk.length);
        onBytes(chunk.length);
        await this.#meet(fault, start, received);
        this.#corrupt(chunk, start);
        yield chunk;
      }
    } catch (error) {
      throw this.#request.complete && !this.#request.destroyed ? error : new ConnectionLost();
    }
    if (!this.#request.complete) throw new ConnectionLost();
    if (fault?.fault.kind === 'reset' && fault.fault.at === 'after-body') this.#reset();
  }

  // Whether the fault waits between these two offsets. Both zero: before the first byte.
  async #meet(armed: ArmedFault | undefined, start: number, end: number): Promise<void> {
    if (!armed) return;
    const { fault, released } = armed;
    if (fault.kind === 'stall') {
      const at = fault.afterBytes ?? 0;
      if (at < start || at > end || (end > 0 && at === start)) return;
      this.#options.onFault();
      await this.#options.hold(released);
    } else if (fault.kind === 'reset' && fault.at === 'in-body' && end > 0) {
      if (end >= (fault.afterBytes ?? Math.ceil((this.announcedSize ?? 0) / 2))) this.#reset();
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
    const index = (fault.offset ?? 0) - start;
    if (index < 0 || index >= chunk.length) return;
    this.#options.onFault();
    chunk[index] = (chunk[index] ?? 0) ^ 1;
  }
}
