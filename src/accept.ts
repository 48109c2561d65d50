/**
 * The `accept` setting: as on `<input type="file">`, and with what browsers add on their own. They know some files only by
 * their extension, and name some types differently. Pure.
 */

import { lookUp } from './core/guards.js';

/** File types for `showOpenFilePicker`. */
export interface PickerType {
  /** Extensions by MIME type. Empty for types that every browser knows. */
  accept: Record<string, string[]>;
}

/** A parsed `accept`. */
export interface Accept {
  /** `.ext`, `type/subtype` or `type/*`, in lower case. Empty for any file. */
  tokens: string[];
  /** Tokens that can't match a file. */
  invalid: string[];
}

const mimeType =
  /^(?:application|audio|chemical|font|image|message|model|multipart|text|video|x-[\w-]+)\/(?:[\w.+-]+|\*)$/;

/** A MIME type that no browser knows, so that the picker adds no other extensions. */
const EXTENSIONS_ONLY = 'application/x-any';

/** What is known of file types beyond what browsers report. */
export interface KnownTypes {
  /**
   * Extensions, separated by spaces, of types that a browser may leave empty or name differently, such as
   * `application/vnd.ms-excel` for CSV files on Windows. By MIME type in the form of {@link canonical}.
   */
  extensions: Readonly<Record<string, string>>;
  /** Other names of types, without `x-`. */
  aliases: Readonly<Record<string, string>>;
}

const noTypes: KnownTypes = { extensions: {}, aliases: {} };

/** None until {@link completeTypes}, which the shell doesn't wait for. */
let knownTypes = noTypes;

/** Adds what is known of file types. */
export function completeTypes(types: KnownTypes): void {
  knownTypes = types;
}

/**
 * Whether more files may match than is known yet: `accept` has a MIME type, and {@link completeTypes} has not been called. A
 * picker that is opened now must offer all files.
 */
export function mayAcceptMore(accept: string | undefined | null): boolean {
  return knownTypes === noTypes && parseAccept(accept).tokens.some((token) => /^[^.].*[^*]$/.test(token));
}

/**
 * Parses `accept`. Also accepts what can mean only one thing: `jpg`, `*.jpg`, `image`, `*`, and other separators than
 * commas. Parameters of MIME types are ignored.
 */
export function parseAccept(accept: string | undefined | null): Accept {
  const text: unknown = accept ?? '';
  const pieces = String(text)
    .toLowerCase()
    .split(/[\s,;|，；、]+/)
    .filter((piece) => piece !== '' && !piece.includes('='));
  if (pieces.some((piece) => /^(?:\*|\.\*|\*\.\*|\*\/\*)$/.test(piece))) return { tokens: [], invalid: [] };
  const tokens = new Set<string>();
  const invalid: string[] = [];
  for (const piece of pieces) {
    const token = toToken(piece);
    if (token) tokens.add(token);
    else invalid.push(piece);
  }
  return { tokens: [...tokens], invalid };
}

function toToken(piece: string): string | undefined {
  if (/^(?:image|video|audio|text)$/.test(piece)) return `${piece}/*`;
  if (/^(?:undefined|null|nan)$/.test(piece)) return undefined;
  if (/^[a-z\d]{1,5}(?:\.[a-z\d]{1,5})*$/.test(piece)) return `.${piece}`;
  if (/^\*?\.[^./*\\]+(?:\.[^./*\\]+)*$/.test(piece)) return piece.replace('*', '');
  return mimeType.test(piece) ? piece : undefined;
}

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
export function mayBeAccepted(type: string, accept: string | undefined | null): boolean {
  const { tokens } = parseAccept(accept);
  const mime = canonical(type);
  return (
    isUntyped(mime) ||
    tokens.some((token) => token.startsWith('.')) ||
    isAccepted({ name: '', type }, accept) ||
    Object.keys(knownTypes.extensions).some(
      (known) => mayBeNamed(known, mime) && tokens.some((token) => matches(known, token)),
    )
  );
}

/** Returns `accept` for an `<input>`. `undefined` for any file. */
export function inputAccept(accept: string | undefined | null): string | undefined {
  if (mayAcceptMore(accept)) return undefined;
  const { tokens } = parseAccept(accept);
  const all = tokens.flatMap((token) => [token, ...extensionsOf(token)]);
  return all.length > 0 ? [...new Set(all)].join(',') : undefined;
}

/** Converts `accept` for `showOpenFilePicker`. `undefined` for any file, and for what its syntax can't express. */
export function pickerTypes(accept: string | undefined | null): PickerType[] | undefined {
  if (mayAcceptMore(accept)) return undefined;
  const types: Record<string, string[]> = {};
  for (const token of parseAccept(accept).tokens) {
    if (/^\.[a-z\d+.]{0,14}[a-z\d+]$/.test(token)) (types[EXTENSIONS_ONLY] ??= []).push(token);
    else if (token.startsWith('.')) return undefined;
    else types[token] = extensionsOf(token);
  }
  return Object.keys(types).length > 0 ? [{ accept: types }] : undefined;
}

function extensionsOf(type: string): string[] {
  return lookUp(knownTypes.extensions, canonical(type))?.split(' ') ?? [];
}

/** Returns the type of a file and, if the browser may not know it, the types of its extension. */
function typesOf(name: string, type: string): string[] {
  const mime = canonical(type);
  const byExtension = Object.keys(knownTypes.extensions).filter(
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
  return token.endsWith('/*') ? type.startsWith(token.slice(0, -1)) : type === canonical(token);
}

/** Returns one name for all names of a MIME type. */
function canonical(type: string): string {
  const mime = type.toLowerCase().replace(/;.*/s, '').trim().replace('/x-', '/');
  return lookUp(knownTypes.aliases, mime) ?? mime;
}
