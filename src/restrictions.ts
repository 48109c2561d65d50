/** What `accept` says, by the rules of `<input type="file" accept>`: `.ext`, `type/subtype` or `image/*`. Pure. */

/** One kind of files, as `showOpenFilePicker` takes it. */
export interface PickerType {
  /** Suffixes by MIME type; none for those that the browser knows by itself. */
  accept: Record<string, string[]>;
}

/** Of suffixes alone: a type that no browser knows adds none of its own. */
const SUFFIXES_ONLY = 'application/x-any';

/** Whether a file is of a kind that `accept` names; empty for any. */
export function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, accept: string | undefined): boolean {
  const tokens = acceptTokens(accept);
  if (tokens.length === 0) return true;
  const fileName = name.toLowerCase();
  const mime = type.toLowerCase().split(';', 1)[0]!.trim();
  return tokens.some((token) => {
    if (token.startsWith('.')) return fileName.endsWith(token);
    if (token === '*/*') return true;
    if (token.endsWith('/*')) return mime.startsWith(token.slice(0, -1));
    return mime === token;
  });
}

/**
 * Whether a file whose type alone is known may be of a kind that `accept` names. A folder has no type, and a suffix
 * can't be told from one.
 */
export function mayBeAccepted(type: string, accept: string | undefined): boolean {
  const isNamed = acceptTokens(accept).some((token) => token.startsWith('.'));
  return type === '' || isNamed || isAccepted({ name: '', type }, accept);
}

/** @returns the same for `showOpenFilePicker`; `undefined` for any file, and where it has no words for it */
export function pickerTypes(accept: string | undefined): PickerType[] | undefined {
  const types: Record<string, string[]> = {};
  for (const token of acceptTokens(accept)) {
    if (/^\.[a-z0-9+.]{0,14}[a-z0-9+]$/.test(token)) (types[SUFFIXES_ONLY] ??= []).push(token);
    else if (/^[a-z]+\/([\w.+-]+|\*)$/.test(token)) types[token] = [];
    else return undefined;
  }
  return Object.keys(types).length > 0 ? [{ accept: types }] : undefined;
}

/** Returns the entries of `accept` in lower case. */
export function acceptTokens(accept: string | undefined): string[] {
  return (accept ?? '')
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter(Boolean);
}
