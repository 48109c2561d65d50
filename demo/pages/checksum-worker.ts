// Computes the SHA-256 of a file off the main thread. The file is read as a stream, so it never has to fit into memory.

import { createSHA256 } from 'hash-wasm';

export type ChecksumMessage =
  | { kind: 'progress'; bytes: number }
  | { kind: 'done'; sha256: string }
  | { kind: 'failed'; message: string };

/** Minimum time between two progress messages, in milliseconds. */
const PROGRESS_INTERVAL = 100;

addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  hash(data).then(
    (sha256) => send({ kind: 'done', sha256 }),
    (error: unknown) =>
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

async function hash(file: Blob): Promise<string> {
  const sha256 = await createSHA256();
  const reader = file.stream().getReader();
  let bytes = 0;
  let reportedAt = performance.now();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    sha256.update(read.value);
    bytes += read.value.length;
    if (performance.now() - reportedAt < PROGRESS_INTERVAL) continue;
    reportedAt = performance.now();
    send({ kind: 'progress', bytes });
  }
  return sha256.digest('hex');
}

function send(message: ChecksumMessage): void {
  postMessage(message);
}
