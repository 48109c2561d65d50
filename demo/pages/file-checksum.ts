// Starts the worker that computes a file's checksum, and ends it when nobody wants to know any more.

import type { ChecksumMessage } from './checksum-worker.js';

/**
 * The SHA-256 of a file in hex, read as a stream.
 *
 * @param onProgress Called with the bytes read so far.
 * @throws the signal's reason when it is aborted
 */
export function checksumOf(
  file: Blob,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/pages/checksum-worker.js', { type: 'module' });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(signal.reason as Error)));
    worker.addEventListener('error', () =>
      end(() => reject(new Error('The checksum could not be computed.'))),
    );
    worker.addEventListener('message', ({ data }: MessageEvent<ChecksumMessage>) => {
      switch (data.kind) {
        case 'progress':
          return onProgress(data.bytes);
        case 'done':
          return end(() => resolve(data.sha256));
        case 'failed':
          return end(() => reject(new Error(data.message)));
        default:
          data satisfies never;
      }
    });
    worker.postMessage(file);
  });
}
