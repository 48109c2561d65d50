/** File names in tight places and in sentences of any direction. Pure. */

/** Characters, as people count them. */
const TAIL = 8;
const LONGEST_WHOLE = 14;

/**
 * Splits a name so that its end, which tells versions and kinds apart, stays visible when the middle is cut.
 *
 * @returns what may be shortened, and what may not
 */
export function splitName(name: string): [head: string, tail: string] {
  const characters = graphemes(name);
  if (characters.length <= LONGEST_WHOLE) return [name, ''];
  return [characters.slice(0, -TAIL).join(''), characters.slice(-TAIL).join('')];
}

/** Keeps a name from turning the sentence around it, by Unicode's invisible isolates; its own would end them. */
export function isolate(name: string): string {
  return `\u2068${name.replace(/[\u2066-\u2069]/g, '')}\u2069`;
}

function graphemes(text: string): string[] {
  if (!('Segmenter' in Intl)) return Array.from(text);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
