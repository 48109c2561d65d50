/**
 * CRC-64 in a worker; on the main thread, piece by piece, where a page can have no worker (scripts of another origin,
 * a CSP that forbids them, Node).
 */

import { crc64OfBlob } from '../../core/crc64.js';
import { UploadError } from '../../core/errors.js';
import type { Checksum } from '../../core/ports.js';

export type ChecksumRequest = { type: 'compute'; id: number; blob: Blob } | { type: 'abort'; id: number };
export type ChecksumResponse = { id: number; crc64: bigint } | { id: number; error: string };

interface Task {
  blob: Blob;
  signal: AbortSignal;
  resolve: (crc64: bigint) => void;
  reject: (error: Error) => void;
}

/** One worker for all uploads, made at the first call. */
export function createChecksum(
  createWorker = () => new Worker(new URL('./crc64-worker.js', import.meta.url), { type: 'module' }),
): Checksum {
  const tasks = new Map<number, Task>();
  let worker: Worker | undefined;
  let refused = false;
  let lastId = 0;

  const onMainThread = ({ blob, signal, resolve, reject }: Task) => {
    crc64OfBlob(blob, signal).then(resolve, (error: unknown) =>
      reject(signal.aborted ? (signal.reason as Error) : unreadable(error)),
    );
  };

  const refuse = () => {
    refused = true;
    worker = undefined;
    const left = [...tasks.values()];
    tasks.clear();
    for (const task of left) onMainThread(task);
  };

  const start = (): Worker | undefined => {
    if (worker || refused) return worker;
    try {
      worker = createWorker();
    } catch {
      refuse();
      return undefined;
    }
    worker.addEventListener('error', refuse);
    worker.addEventListener('message', ({ data }: MessageEvent<ChecksumResponse>) => {
      const task = tasks.get(data.id);
      tasks.delete(data.id);
      if ('crc64' in data) task?.resolve(data.crc64);
      else task?.reject(unreadable(data.error));
    });
    return worker;
  };

  return {
    crc64(blob, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const task: Task = { blob, signal, resolve, reject };
        const running = start();
        if (!running) return onMainThread(task);
        const id = ++lastId;
        const abort = () => {
          tasks.delete(id);
          running.postMessage({ type: 'abort', id } satisfies ChecksumRequest);
          task.reject(signal.reason as Error);
        };
        signal.addEventListener('abort', abort, { once: true });
        const end = () => signal.removeEventListener('abort', abort);
        task.resolve = (crc64) => (end(), resolve(crc64));
        task.reject = (error) => (end(), reject(error));
        tasks.set(id, task);
        running.postMessage({ type: 'compute', id, blob } satisfies ChecksumRequest);
      });
    },
  };
}

function unreadable(cause: unknown): UploadError {
  return new UploadError('file-unreadable', { cause });
}
