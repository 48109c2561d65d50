/** Identifies uploads: the same file, sent to the same destination for the same user. Pure. */

import type { ObjectKey } from '../object-key.js';
import { sha256 } from '../sha256.js';

/** The properties by which a file is recognized. */
export interface FileIdentity {
  name: string;
  /** Bytes. */
  size: number;
  /** When the file was last modified, in milliseconds since 1970. */
  lastModified: number;
  /** Path inside the selected folder. Empty for single files. */
  webkitRelativePath?: string;
}

/**
 * Returns a string that is equal for fingerprints that differ only in the modification date, or in the Unicode form of the
 * name and the path. Some devices report another date or form each time the same file is selected.
 */
export function withoutHints(fingerprint: string): string {
  return fingerprint.normalize('NFC').replace(/,-?\d+\]$/, ']');
}

/** Returns the item with this fingerprint, or else the only one with a fingerprint that differs only in the hints. */
export function bestMatch<T extends { fingerprint: string }>(
  items: readonly T[],
  fingerprint: string,
): T | undefined {
  const exact = items.find((item) => item.fingerprint === fingerprint);
  if (exact) return exact;
  const wanted = withoutHints(fingerprint);
  const [similar, ...others] = items.filter((item) => withoutHints(item.fingerprint) === wanted);
  return others.length === 0 ? similar : undefined;
}

/** Whether two file names are equal in Unicode normalization form C. */
export function isSameName(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}

/** Where files are uploaded to, and for whom. */
export interface Destination {
  bucket: string;
  objectKey: ObjectKey;
  /** Separates users who share a browser (`resume-scope`). */
  scope: string;
}

let lastHash: { scope: string; hash: string } | undefined;

/** Returns a hash of a scope, which may be an e-mail address or a user ID. Empty if the scope is empty. */
export function hashScope(scope: string): string {
  if (scope === '') return '';
  if (lastHash?.scope !== scope) lastHash = { scope, hash: sha256(`resume-scope:${scope}`) };
  return lastHash.hash;
}

/**
 * Returns a string that is equal for the same bucket, key template and scope. It contains the template and not the key,
 * because `{uuid}` and `{date}` change the key at each visit. All functions count as the same template. The scope is hashed.
 */
export function destinationOf({ bucket, objectKey, scope }: Destination): string {
  return JSON.stringify([bucket, typeof objectKey === 'string' ? objectKey : null, toScopeField(scope)]);
}

/** An array, to tell it apart from a scope in clear text. */
function toScopeField(scope: string): string | [hash: string] {
  return scope === '' ? '' : [hashScope(scope)];
}

/** Returns the hash of the scope of a destination, as {@link hashScope} does. */
export function scopeHashOf(destination: string): string {
  const scope = parseArray(destination)?.[2];
  return String(Array.isArray(scope) ? scope[0] : '');
}

/** Hashes the scope of an identity that an earlier version saved in clear text. Other identities stay the same. */
export function hashSavedScope<T extends { fingerprint: string; destination: string }>(upload: T): T {
  const destination = parseArray(upload.destination);
  const fingerprint = parseArray(upload.fingerprint);
  const scope = destination?.[2];
  if (!destination || !fingerprint || typeof scope !== 'string' || scope === '') return upload;
  const hashed = JSON.stringify(destination.with(2, toScopeField(scope)));
  return { ...upload, destination: hashed, fingerprint: JSON.stringify([hashed, ...fingerprint.slice(1)]) };
}

function parseArray(json: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : undefined;
  } catch {
    // The record is damaged, or a store of the page saved something else.
    return undefined;
  }
}

/**
 * Returns the name under which the upload with this fingerprint is locked and claimed. All scripts of the site can read it,
 * so it is a hash.
 */
export function lockNameOf(fingerprint: string): string {
  return sha256(fingerprint);
}

/**
 * Returns a string that is equal for the same file at the same destination.
 *
 * @param key object key of the file. Counts only if a function returned it, because functions can't be compared.
 */
export function fingerprintOf(file: FileIdentity, destination: Destination, key: string): string {
  const { name, size, lastModified, webkitRelativePath = '' } = file;
  const keyOfFunction = typeof destination.objectKey === 'string' ? null : key;
  return JSON.stringify([
    destinationOf(destination),
    keyOfFunction,
    name,
    webkitRelativePath,
    size,
    lastModified,
  ]);
}
