// The bytes of a file, always the same for a seed.
import { createCipheriv, createHash } from 'node:crypto';

/** @param size bytes */
export function makeBytes(seed: number, size: number): Buffer {
  const key = createHash('md5').update(`file ${seed}`).digest();
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** In hex. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
