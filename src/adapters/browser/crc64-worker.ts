/**
 * The worker that computes CRC-64 off the main thread.
 */

import { crc64OfBlob } from '../../core/crc64.js';
import type { ChecksumResponse, ChecksumRequest } from './checksum.js';

const abortControllers = new Map<number, AbortController>();

addEventListener('message', ({ data }: MessageEvent<ChecksumRequest>) => {
  if (data.type === 'ping') respond({ type: 'pong' });
  else if (data.type === 'abort') abortControllers.get(data.id)?.abort();
  else void compute(data.id, data.blob);
});

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
