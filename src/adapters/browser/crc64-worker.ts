/**
 * The worker that computes CRC-64 off the main thread. The page imports this module for its URL; then it does nothing.
 */

import { crc64OfBlob } from '../../core/crc64.js';

export type ChecksumRequest =
  | { type: 'compute'; id: number; blob: Blob }
  | { type: 'abort'; id: number }
  /** Answered with `pong`. */
  | { type: 'ping' };
export type ChecksumResponse =
  { type: 'done'; id: number; crc64: bigint } | { type: 'failed'; id: number } | { type: 'pong' };

/** The URL of the file that contains this module. */
export const scriptUrl = import.meta.url;
/** The name under which this module must be started as a worker. */
export const workerName = 'oss-resumable-upload-crc64';

const abortControllers = new Map<number, AbortController>();

if ((globalThis as { name?: string }).name === workerName && !('document' in globalThis)) {
  addEventListener('message', ({ data }: MessageEvent<ChecksumRequest>) => {
    if (data.type === 'ping') respond({ type: 'pong' });
    else if (data.type === 'abort') abortControllers.get(data.id)?.abort();
    else void compute(data.id, data.blob);
  });
}

async function compute(id: number, blob: Blob): Promise<void> {
  const controller = new AbortController();
  abortControllers.set(id, controller);
  let response: ChecksumResponse;
  try {
    response = { type: 'done', id, crc64: await crc64OfBlob(blob, controller.signal) };
  } catch {
    response = { type: 'failed', id };
  }
  abortControllers.delete(id);
  respond(response);
}

function respond(response: ChecksumResponse): void {
  postMessage(response);
}
