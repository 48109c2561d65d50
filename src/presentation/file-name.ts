/** Shortens file names, and embeds them in sentences of either writing direction. Pure. */

import { withoutBidiControls } from '../core/index.js';

/** Characters at the end of a name that are never cut. */
const TAIL = 8;
/** Names of up to this many characters are not split. */
const MAX_UNSPLIT = 14;

/**
 * Splits a file name so that its end, which contains the version and the extension, stays visible when the middle is cut.
 * Characters are counted as users see them (grapheme clusters).
 *
 * @returns the head, which may be shortened, and the tail, which may not
 *
 * @example
 * splitName('film-2026-final-cut.mp4'); // ['film-2026-final', '-cut.mp4']
 */
export function splitName(name: string): [head: string, tail: string] {
  const characters = graphemes(name);
  if (characters.length <= MAX_UNSPLIT) return [name, ''];
  return [characters.slice(0, -TAIL).join(''), characters.slice(-TAIL).join('')];
}

/** Zero-width joiner. */
const ZWJ = '\u200d';
/** Scripts in which letters join their neighbors. */
const CURSIVE = '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Nko}\\p{Script=Mongolian}\\p{Script=Adlam}]';
const ENDS_CURSIVE = new RegExp(`${CURSIVE}$`, 'u');
const STARTS_CURSIVE = new RegExp(`^${CURSIVE}`, 'u');

/**
 * Returns the head and tail of {@link splitName} for separate boxes. If a word in a cursive script is split, zero-width
 * joiners keep the shapes of its letters.
 */
export function displayHalves(name: string): [head: string, tail: string] {
  const [head, tail] = splitName(name);
  return ENDS_CURSIVE.test(head) && STARTS_CURSIVE.test(tail) ? [head + ZWJ, ZWJ + tail] : [head, tail];
}

/** Shortens the middle of a name to about 20 characters, for use in a button. */
export function shortName(name: string): string {
  const [head, tail] = splitName(name);
  const characters = graphemes(head);
  return characters.length <= MAX_UNSPLIT ? name : `${characters.slice(0, MAX_UNSPLIT).join('')}…${tail}`;
}

/** Wraps a name in Unicode isolates, so that its writing direction doesn't affect the sentence around it. */
export function isolate(name: string): string {
  return `\u2068${withoutBidiControls(name)}\u2069`;
}

function graphemes(text: string): string[] {
  // Printable ASCII, of which most names consist, needs no segmentation, which is slow.
  if (/^[ -~]*$/.test(text) || !('Segmenter' in Intl)) return Array.from(text);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
