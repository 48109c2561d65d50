/** Whether a file is of a kind that `accept` names, by the rules of `<input type="file" accept>`. Pure. */

/** @param accept a comma-separated list of `.ext`, `type/subtype`, `audio/*`, `video/*` or `image/*`; empty for any */
export function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, accept: string | undefined): boolean {
  const tokens = (accept ?? '')
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter(Boolean);
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
