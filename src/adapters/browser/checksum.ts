/**
 * Computes CRC-64 in a worker. Falls back to the main thread if the worker can't be created or doesn't respond: the script
 * is on another origin, a Content Security Policy forbids workers, the worker was terminated, or the engine runs in Node.
 */

import { crc64OfBlob } from '../../core/crc64.js';
import { UploadError } from '../../core/errors.js';
import type { Checksum } from '../../core/ports.js';
import { TIME_LIMIT, withinTime } from '../../core/time-limit.js';
import { createYield } from '../../scheduling.js';
import type { ChecksumRequest, ChecksumResponse } from './crc64-worker.js';
import { createChecksumWorker } from './create-checksum-worker.js';

/** How often a worker with tasks is asked whether it is alive, in milliseconds. */
const PING_INTERVAL = 500;
/** How long no other worker is started after one that could not be started, in milliseconds. */
const RESTART_DELAY = 60_000;

/** The messages to and from the worker take longer than the checksum of a smaller file. In bytes. */
const MIN_WORKER_SIZE = 100 * 1024;

interface Task {
  blob: Blob;
  signal: AbortSignal;
  resolve: (crc64: bigint) => void;
  reject: (error: Error) => void;
}

/** Creates a `Checksum` that starts one worker on first use and shares it between all uploads. */
export function createChecksum(createWorker: () => Promise<Worker> = createChecksumWorker): Checksum {
  /** Tasks of the worker by ID. */
  const tasks = new Map<number, Task>();
  // All tasks on the main thread share it. Together they don't run for longer without a break.
  const yieldToMain = createYield();
  let worker: Worker | undefined;
  /** Settles when a worker is started, or after the time limit. Then, the worker is used as soon as it is there. */
  let starting: Promise<void> | undefined;
  /** Whether the worker has responded since it was started. */
  let hasResponded = false;
  let unansweredPings = 0;
  let pingTimer: ReturnType<typeof setInterval> | undefined;
  /** No worker is started before, in milliseconds since 1970. */
  let nextStart = 0;
  let lastId = 0;

  const computeOnMainThread = ({ blob, signal, resolve, reject }: Task) => {
    crc64OfBlob(blob, signal, yieldToMain).then(resolve, (cause: unknown) =>
      reject(signal.aborted ? (signal.reason as Error) : new UploadError('file-unreadable', { cause })),
    );
  };

  /** A task has no time limit, but a worker that is alive responds to pings. */
  const isUnresponsive = () => unansweredPings * PING_INTERVAL >= TIME_LIMIT;

  const ping = () => {
    if (!isUnresponsive()) {
      unansweredPings++;
      worker?.postMessage({ type: 'ping' } satisfies ChecksumRequest);
    } else if (hasResponded) {
      discardWorker();
    } else {
      // Its script may still be loading. It is used as soon as it responds.
      moveToMainThread();
    }
  };

  const takeTask = (id: number): Task | undefined => {
    const task = tasks.get(id);
    tasks.delete(id);
    if (tasks.size === 0) {
      clearInterval(pingTimer);
      pingTimer = undefined;
    }
    return task;
  };

  const moveToMainThread = () => {
    const moved = [...tasks.values()];
    for (const id of [...tasks.keys()]) takeTask(id);
    for (const task of moved) computeOnMainThread(task);
  };

  const discardWorker = () => {
    worker?.terminate();
    worker = undefined;
    if (!hasResponded) nextStart = Date.now() + RESTART_DELAY;
    moveToMainThread();
  };

  const startWorker = async () => {
    hasResponded = false;
    unansweredPings = 0;
    try {
      const started = await createWorker();
      worker = started;
      const onLost = () => {
        if (worker === started) discardWorker();
      };
      started.addEventListener('error', onLost);
      started.addEventListener('messageerror', onLost);
      started.addEventListener('message', ({ data }: MessageEvent<ChecksumResponse>) => {
        hasResponded = true;
        unansweredPings = 0;
        const task = 'id' in data ? takeTask(data.id) : undefined;
        if (!task) return;
        if ('crc64' in data) task.resolve(data.crc64);
        else computeOnMainThread(task);
      });
    } catch {
      discardWorker();
    }
  };

  const computeInWorker = (worker: Worker, task: Task) => {
    const id = ++lastId;
    const { signal, resolve, reject } = task;
    worker.postMessage({ type: 'compute', id, blob: task.blob } satisfies ChecksumRequest);
    const abort = () => {
      takeTask(id);
      worker.postMessage({ type: 'abort', id } satisfies ChecksumRequest);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    const removeListener = () => signal.removeEventListener('abort', abort);
    tasks.set(id, {
      ...task,
      resolve: (crc64) => (removeListener(), resolve(crc64)),
      reject: (error) => (removeListener(), reject(error)),
    });
    if (pingTimer !== undefined) return;
    pingTimer = setInterval(ping, PING_INTERVAL);
    ping();
  };

  return {
    async crc64(blob, signal) {
      signal.throwIfAborted();
      const isSmall = blob.size < MIN_WORKER_SIZE;
      if (hasResponded && isUnresponsive()) discardWorker();
      if (!isSmall && !worker && Date.now() >= nextStart) {
        starting ??= withinTime(startWorker().finally(() => (starting = undefined))).catch(() => {});
        await starting;
        signal.throwIfAborted();
      }
      return new Promise((resolve, reject) => {
        const task: Task = { blob, signal, resolve, reject };
        if (isSmall || !worker || isUnresponsive()) return computeOnMainThread(task);
        try {
          computeInWorker(worker, task);
        } catch {
          // The Blob can't be sent to a worker.
          computeOnMainThread(task);
        }
      });
    },
  };
}

/** Shared by all uploaders of a page. */
export const sharedChecksum = createChecksum();
