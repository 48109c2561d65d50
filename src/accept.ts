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

/**
 * Extensions, separated by spaces, of types that a browser may leave empty or name differently, such as
 * `application/vnd.ms-excel` for CSV files on Windows. By MIME type in the form of {@link canonical}.
 */
const extensionsByType: Readonly<Record<string, string>> = {
  'application/7z-compressed': '.7z',
  'application/epub+zip': '.epub',
  'application/gzip': '.gz .tgz',
  'application/json': '.json',
  'application/msword': '.doc',
  'application/pdf': '.pdf',
  'application/rar': '.rar',
  'application/rtf': '.rtf',
  'application/tar': '.tar',
  'application/vnd.ms-excel': '.xls',
  'application/vnd.ms-powerpoint': '.ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': '.pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/xml': '.xml',
  'application/yaml': '.yaml .yml',
  'application/zip': '.zip',
  'audio/aac': '.aac',
  'audio/amr': '.amr',
  'audio/flac': '.flac',
  'audio/mp4': '.m4a',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg .oga .opus',
  'audio/wav': '.wav',
  'image/avif': '.avif',
  'image/bmp': '.bmp',
  'image/gif': '.gif',
  'image/heic': '.heic .heif',
  'image/jpeg': '.jpg .jpeg',
  'image/jxl': '.jxl',
  'image/png': '.png',
  'image/raw': '.raw .dng .cr2 .cr3 .nef .arw',
  'image/svg+xml': '.svg',
  'image/tiff': '.tif .tiff',
  'image/vnd.adobe.photoshop': '.psd',
  'image/webp': '.webp',
  'text/csv': '.csv',
  'text/html': '.html .htm',
  'text/javascript': '.js .mjs',
  'text/markdown': '.md .markdown',
  'text/plain': '.txt',
  'video/3gpp': '.3gp',
  'video/flv': '.flv',
  'video/matroska': '.mkv',
  'video/mp2t': '.ts .mts .m2ts',
  'video/mp4': '.mp4 .m4v',
  'video/mpeg': '.mpg .mpeg',
  'video/ms-wmv': '.wmv',
  'video/msvideo': '.avi',
  'video/ogg': '.ogv .ogg',
  'video/quicktime': '.mov',
  'video/vnd.rn-realvideo': '.rm .rmvb',
  'video/webm': '.webm',
};

/** Other names of types, without `x-`. */
const aliases: Readonly<Record<string, string>> = {
  'application/csv': 'text/csv',
  'application/javascript': 'text/javascript',
  'application/ogg': 'audio/ogg',
  'application/rar-compressed': 'application/rar',
  'application/vnd.rar': 'application/rar',
  'application/zip-compressed': 'application/zip',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'image/heif': 'image/heic',
  'image/jpg': 'image/jpeg',
  'image/ms-bmp': 'image/bmp',
  'image/pjpeg': 'image/jpeg',
  'image/svg': 'image/svg+xml',
  'image/tif': 'image/tiff',
  'image/vnd.microsoft.icon': 'image/icon',
  'text/comma-separated-values': 'text/csv',
  'text/json': 'application/json',
  'text/rtf': 'application/rtf',
  'text/xml': 'application/xml',
  'text/yaml': 'application/yaml',
  'video/avi': 'video/msvideo',
  'video/m4v': 'video/mp4',
  'video/mkv': 'video/matroska',
  'video/mov': 'video/quicktime',
};

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
    Object.keys(extensionsByType).some(
      (known) => mayBeNamed(known, mime) && tokens.some((token) => matches(known, token)),
    )
  );
}

/** Returns `accept` for an `<input>`. `undefined` for any file. */
export function inputAccept(accept: string | undefined | null): string | undefined {
  const { tokens } = parseAccept(accept);
  const all = tokens.flatMap((token) => [token, ...extensionsOf(token)]);
  return all.length > 0 ? [...new Set(all)].join(',') : undefined;
}

/** Converts `accept` for `showOpenFilePicker`. `undefined` for any file, and for what its syntax can't express. */
export function pickerTypes(accept: string | undefined | null): PickerType[] | undefined {
  const types: Record<string, string[]> = {};
  for (const token of parseAccept(accept).tokens) {
    if (/^\.[a-z\d+.]{0,14}[a-z\d+]$/.test(token)) (types[EXTENSIONS_ONLY] ??= []).push(token);
    else if (token.startsWith('.')) return undefined;
    else types[token] = extensionsOf(token);
  }
  return Object.keys(types).length > 0 ? [{ accept: types }] : undefined;
}

function extensionsOf(type: string): string[] {
  return lookUp(extensionsByType, canonical(type))?.split(' ') ?? [];
}

/** Returns the type of a file and, if the browser may not know it, the types of its extension. */
function typesOf(name: string, type: string): string[] {
  const mime = canonical(type);
  const byExtension = Object.keys(extensionsByType).filter(
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
  return lookUp(aliases, mime) ?? mime;
}
