/**
 * Tells uploads apart: the same file, to the same place, for the same person, is the same upload. Pure.
 */

import type { ObjectKey } from '../object-key.js';

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
  /** `resume-scope`: tells apart users who share a browser. */
  scope: string;
}

/**
 * Where files go. A template stands for itself, since `{uuid}` and `{date}` make another key at each visit; of a
 * function nothing is known.
 */
export function destinationOf({ bucket, objectKey, scope }: Destination): string {
  return JSON.stringify([bucket, typeof objectKey === 'string' ? objectKey : null, scope]);
}

/** @param key that was made for this file; it counts where a function made it */
export function fingerprintOf(file: FileIdentity, place: Destination, key: string): string {
  const { name, size, lastModified, webkitRelativePath = '' } = file;
  const made = typeof place.objectKey === 'string' ? null : key;
  return JSON.stringify([destinationOf(place), made, name, webkitRelativePath, size, lastModified]);
}
