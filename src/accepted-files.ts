/**
 * Which files match `accept`: as on `<input type="file">`, and with what browsers add on their own. They know some files only
 * by their extension, and name some types differently. Pure.
 */

import { parseAccept } from './accept.js';
import { canonicalType, extensionsOf, knownTypes } from './known-types.js';

/** Whether `accept` matches the file. An empty `accept` matches any file. */
export function isAccepted(file: Pick<File, 'name' | 'type'>, accept: string | undefined | null): boolean {
  const { tokens, invalid } = parseAccept(accept);
  if (tokens.length + invalid.length === 0) return true;
  const name = file.name.toLowerCase();
  const types = typesOf(name, file.type);
  return tokens.some((token) =>
    token.startsWith('.') ? name.endsWith(token) : types.some((type) => matches(type, token)),
  );
}

/**
 * Whether `accept` may match a file of which only the type is known, as during a drag. Folders have no type, and an
 * extension can't be derived from one.
 */
export function isAcceptedDrag(type: string, accept: string | undefined | null): boolean {
  const { tokens } = parseAccept(accept);
  const mime = canonicalType(type);
  return (
    isUntyped(mime) ||
    tokens.some((token) => token.startsWith('.')) ||
    isAccepted({ name: '', type }, accept) ||
    knownTypes.some((known) => mayBeNamed(known, mime) && tokens.some((token) => matches(known, token)))
  );
}

/** Returns the type of a file and, if the browser may not know it, the types of its extension. */
function typesOf(name: string, type: string): string[] {
  const mime = canonicalType(type);
  const byExtension = knownTypes.filter(
    (known) => mayBeNamed(known, mime) && extensionsOf(known).some((extension) => name.endsWith(extension)),
  );
  return [mime, ...byExtension];
}

/** Whether a browser may report `mime` for a file whose type is `known`. Types of media are reliable, except Ogg's. */
function mayBeNamed(known: string, mime: string): boolean {
  return isUntyped(mime) || (isDocument(known) && isDocument(mime)) || (isOgg(known) && isOgg(mime));
}

function isUntyped(mime: string): boolean {
  return mime === '' || mime === 'application/octet-stream';
}

function isOgg(mime: string): boolean {
  return mime.endsWith('/ogg');
}

function isDocument(mime: string): boolean {
  return /^(?:application|text)\//.test(mime);
}

/** @param type in canonical form */
function matches(type: string, token: string): boolean {
  return token.endsWith('/*') ? type.startsWith(token.slice(0, -1)) : type === canonicalType(token);
}
