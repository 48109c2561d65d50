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

/** Zero-width joiner. */
const ZWJ = '\u200d';
/** Scripts whose letters join their neighbours. */
const CURSIVE = '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Nko}\\p{Script=Mongolian}\\p{Script=Adlam}]';
const INSIDE_WORD = [new RegExp(`${CURSIVE}$`, 'u'), new RegExp(`^${CURSIVE}`, 'u')] as const;

/** The two of {@link splitName} as they are drawn beside each other: letters between which a word is split still join. */
export function drawnHalves(name: string): [head: string, tail: string] {
  const [head, tail] = splitName(name);
  const [endsInside, beginsInside] = INSIDE_WORD;
  return endsInside.test(head) && beginsInside.test(tail) ? [head + ZWJ, ZWJ + tail] : [head, tail];
}

/** Keeps a name from turning the sentence around it, by Unicode's invisible isolates; its own would end them. */
export function isolate(name: string): string {
  return `\u2068${name.replace(/[\u2066-\u2069]/g, '')}\u2069`;
}

function graphemes(text: string): string[] {
  if (!('Segmenter' in Intl)) return Array.from(text);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
