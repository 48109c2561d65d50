/** Splits a file name so that its end, which tells versions and kinds apart, stays visible when the middle is cut. */

/** Characters, as people count them. */
const TAIL = 10;
const LONGEST_WHOLE = 24;

/** @returns what may be shortened, and what may not */
export function splitName(name: string): [head: string, tail: string] {
  const characters = graphemes(name);
  if (characters.length <= LONGEST_WHOLE) return [name, ''];
  return [characters.slice(0, -TAIL).join(''), characters.slice(-TAIL).join('')];
}

function graphemes(text: string): string[] {
  if (!('Segmenter' in Intl)) return Array.from(text);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
