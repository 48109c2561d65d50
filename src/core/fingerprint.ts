/**
 * Tells uploads apart: the same file, to the same place, for the same person, is the same upload. Pure.
 */

import type { ObjectKey } from './object-key.js';

export interface FileIdentity {
  name: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  lastModified: number;
  /** The path inside the folder that was picked, or nothing. */
  webkitRelativePath?: string;
}

export interface Destination {
  bucket: string;
  objectKey: ObjectKey;
  /** The key that was made for this file. */
  key: string;
  /** `resume-scope` */
  scope: string;
}

/**
 * A template stands for itself, since `{uuid}` and `{date}` make another key at each visit; a function is known by
 * what it makes alone.
 */
export function fingerprint(file: FileIdentity, { bucket, objectKey, key, scope }: Destination): string {
  const place = typeof objectKey === 'string' ? ['template', objectKey] : ['key', key];
  const { name, size, lastModified, webkitRelativePath = '' } = file;
  return JSON.stringify([name, webkitRelativePath, size, lastModified, bucket, ...place, scope]);
}
