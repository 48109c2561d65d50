// Computes the SHA-256 of a file away from the page, a piece at a time: files of any size fit.

import { createSHA256 } from 'hash-wasm';

export type ChecksumMessage =
  | { kind: 'progress'; bytes: number }
  | { kind: 'done'; sha256: string }
  | { kind: 'failed'; message: string };

/** Milliseconds between two words of progress. */
const PAUSE = 100;

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
  let told = performance.now();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    sha256.update(read.value);
    bytes += read.value.length;
    if (performance.now() - told < PAUSE) continue;
    told = performance.now();
    send({ kind: 'progress', bytes });
  }
  return sha256.digest('hex');
}

function send(message: ChecksumMessage): void {
  postMessage(message);
}
