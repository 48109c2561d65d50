/**
 * Computes CRC-64 in a worker. Falls back to the main thread if the worker can't be created: the script is on another
 * origin, a Content Security Policy forbids workers, or the engine runs in Node.
 */

import { crc64OfBlob } from '../../core/crc64.js';
import { UploadError } from '../../core/errors.js';
import type { Checksum } from '../../core/ports.js';
import { createChecksumWorker } from './create-checksum-worker.js';

export type ChecksumRequest = { type: 'compute'; id: number; blob: Blob } | { type: 'abort'; id: number };
export type ChecksumResponse = { id: number; crc64: bigint } | { id: number; error: string };

interface Task {
  blob: Blob;
  signal: AbortSignal;
  resolve: (crc64: bigint) => void;
  reject: (error: Error) => void;
}

/** Creates a `Checksum` that starts one worker on first use and shares it between all uploads. */
export function createChecksum(createWorker = createChecksumWorker): Checksum {
  const tasks = new Map<number, Task>();
  let worker: Worker | undefined;
  let isWorkerUnavailable = false;
  let lastId = 0;

  const computeOnMainThread = ({ blob, signal, resolve, reject }: Task) => {
    crc64OfBlob(blob, signal).then(resolve, (error: unknown) =>
      reject(signal.aborted ? (signal.reason as Error) : unreadableFile(error)),
    );
  };

  const fallBackToMainThread = () => {
    isWorkerUnavailable = true;
    worker = undefined;
    const pending = [...tasks.values()];
    tasks.clear();
    for (const task of pending) computeOnMainThread(task);
  };

  const getWorker = (): Worker | undefined => {
    if (worker || isWorkerUnavailable) return worker;
    try {
      worker = createWorker();
    } catch {
      fallBackToMainThread();
      return undefined;
    }
    worker.addEventListener('error', fallBackToMainThread);
    worker.addEventListener('message', ({ data }: MessageEvent<ChecksumResponse>) => {
      const task = tasks.get(data.id);
      tasks.delete(data.id);
      if ('crc64' in data) task?.resolve(data.crc64);
      else task?.reject(unreadableFile(data.error));
    });
    return worker;
  };

  return {
    crc64(blob, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const task: Task = { blob, signal, resolve, reject };
        const activeWorker = getWorker();
        if (!activeWorker) return computeOnMainThread(task);
        const id = ++lastId;
        const abort = () => {
          tasks.delete(id);
          activeWorker.postMessage({ type: 'abort', id } satisfies ChecksumRequest);
          task.reject(signal.reason as Error);
        };
        signal.addEventListener('abort', abort, { once: true });
        const removeListener = () => signal.removeEventListener('abort', abort);
        task.resolve = (crc64) => (removeListener(), resolve(crc64));
        task.reject = (error) => (removeListener(), reject(error));
        tasks.set(id, task);
        activeWorker.postMessage({ type: 'compute', id, blob } satisfies ChecksumRequest);
      });
    },
  };
}

function unreadableFile(cause: unknown): UploadError {
  return new UploadError('file-unreadable', { cause });
}
