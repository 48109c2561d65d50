// Deterministic file contents.
import { createCipheriv, createHash } from 'node:crypto';

/** Returns pseudo-random bytes that depend only on the seed. @param size in bytes */
export function makeBytes(seed: number, size: number): Buffer {
  const key = createHash('md5').update(`file ${seed}`).digest();
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** Returns the SHA-256 hash in hexadecimal. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
