// Reads a request body of limited size into memory.

import type { IncomingMessage } from 'node:http';

/** Maximum size of a body that is read into memory, in bytes. */
const MAX_MEMORY_BODY = 1024 ** 2;

/** Thrown when a body is too large. Respond with 413: the rest of the body is discarded once the response is sent. */
export class BodyTooLarge extends Error {
  constructor() {
    super('The body of the request must not be larger than 1 MiB.');
  }
}

/**
 * Reads a whole body, up to {@link MAX_MEMORY_BODY}.
 * @throws {BodyTooLarge} As soon as the body is known to be larger.
 */
export async function readLimitedBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_MEMORY_BODY) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the connection, which the response needs.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_MEMORY_BODY) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
