/**
 * The worker that computes CRC-64, away from the thread that serves people.
 */

import { crc64OfBlob } from '../../core/crc64.js';
import type { ChecksumResponse, ChecksumRequest } from './checksum.js';

const aborts = new Map<number, AbortController>();

addEventListener('message', ({ data }: MessageEvent<ChecksumRequest>) => {
  if (data.type === 'abort') aborts.get(data.id)?.abort();
  else void compute(data.id, data.blob);
});

async function compute(id: number, blob: Blob): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  let answer: ChecksumResponse;
  try {
    answer = { id, crc64: await crc64OfBlob(blob, abort.signal) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.name : 'Error' };
  }
  aborts.delete(id);
  postMessage(answer);
}
