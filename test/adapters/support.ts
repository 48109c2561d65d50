// Helpers that all tests of the gateways share.
import { UploadError } from '../../src/core/errors.js';

/** Returns call options with a signal that is never aborted. */
export const neverAborted = () => ({ signal: new AbortController().signal });

/** Returns a Blob of random bytes. */
export function randomBlob(size: number): Blob {
  const data = new Uint8Array(size);
  // `getRandomValues` fills at most 65,536 bytes per call.
  for (let start = 0; start < size; start += 65_536)
    crypto.getRandomValues(data.subarray(start, start + 65_536));
  return new Blob([data]);
}

/** Returns the SHA-256 of a Blob in hexadecimal digits. */
export async function sha256(blob: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Resolves with the reason of a rejected promise. Rejects if the promise resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const value = await promise.catch((reason: unknown) => new Rejection(reason));
  if (value instanceof Rejection) return value.reason;
  throw new Error(`Expected a rejection, got ${JSON.stringify(value)}`);
}

class Rejection {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** Like {@link rejectionOf}, but requires the reason to be an `UploadError`. */
export async function uploadErrorOf(promise: Promise<unknown>): Promise<UploadError> {
  const error = await rejectionOf(promise);
  if (error instanceof UploadError) return error;
  throw new Error(`Expected an UploadError, got ${String(error)}`, { cause: error });
}

/** Creates a file on disk, like one from a file picker, and a function that replaces its content with a single byte. */
export async function fileOnDisk(size: number): Promise<{ file: File; truncate: () => Promise<void> }> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(`${crypto.randomUUID()}.bin`, { create: true });
  await write(handle, randomBlob(size));
  return { file: await handle.getFile(), truncate: () => write(handle, randomBlob(1)) };
}

async function write(handle: FileSystemFileHandle, content: Blob): Promise<void> {
  const stream = await handle.createWritable();
  await stream.write(content);
  await stream.close();
}
