/** The `accept` setting as the shell needs it: parsed, and for file pickers. accepted-files.ts compares files with it. */

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

/** Returns the extensions of a MIME type that a browser may not derive from it. */
let extensionsOf: ((type: string) => string[]) | undefined;

/** Adds what is known of file types. The shell doesn't wait for it. */
export function completeTypes(knownExtensionsOf: (type: string) => string[]): void {
  extensionsOf = knownExtensionsOf;
}

/**
 * Whether more files may match than is known yet: `accept` has a MIME type, and {@link completeTypes} has not been called. A
 * picker that is opened now must offer all files.
 */
function mayAcceptMore(tokens: readonly string[]): boolean {
  return !extensionsOf && tokens.some(isMimeType);
}

function isMimeType(token: string): boolean {
  return /^[^.].*[^*]$/.test(token);
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

/**
 * Whether a file may match `accept`. Without knowing all types: a file without a type may match a MIME type, but not a wildcard
 * such as `image/*`.
 */
export function mayBeAccepted(
  { name, type }: Pick<File, 'name' | 'type'>,
  accept: string | undefined | null,
): boolean {
  const { tokens, invalid } = parseAccept(accept);
  if (tokens.length + invalid.length === 0) return true;
  const isMatch = (token: string) =>
    token.startsWith('.') ? name.toLowerCase().endsWith(token) : type.startsWith(token.slice(0, -1));
  return tokens.some((token) => isMimeType(token) || isMatch(token));
}

/** Returns `accept` for an `<input>`. `undefined` for any file. */
export function inputAccept(accept: string | undefined | null): string | undefined {
  const { tokens } = parseAccept(accept);
  if (mayAcceptMore(tokens)) return undefined;
  const all = tokens.flatMap((token) => [token, ...(extensionsOf?.(token) ?? [])]);
  return all.length > 0 ? [...new Set(all)].join(',') : undefined;
}

/** Converts `accept` for `showOpenFilePicker`. `undefined` for any file, and for what its syntax can't express. */
export function pickerTypes(accept: string | undefined | null): PickerType[] | undefined {
  const { tokens } = parseAccept(accept);
  if (mayAcceptMore(tokens)) return undefined;
  const types: Record<string, string[]> = {};
  for (const token of tokens) {
    if (/^\.[a-z\d+.]{0,14}[a-z\d+]$/.test(token)) (types[EXTENSIONS_ONLY] ??= []).push(token);
    else if (token.startsWith('.')) return undefined;
    else types[token] = extensionsOf?.(token) ?? [];
  }
  return Object.keys(types).length > 0 ? [{ accept: types }] : undefined;
}
