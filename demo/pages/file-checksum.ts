// Computes a file's checksum in a worker, and terminates the worker when the result is no longer needed.

import type { ChecksumMessage } from './checksum-worker.js';

/**
 * Computes the SHA-256 of a file, in hex.
 *
 * @param onProgress Called with the number of bytes read so far.
 * @throws The signal's reason when it is aborted.
 */
export function computeChecksum(
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
