/** How to put things: the texts and the figures of one language. */

import { withStrings, type Language, type Locale, type Strings } from '../localize.js';
import { Format } from './format.js';

export interface Voice {
  /** BCP 47 */
  tag: string;
  locale: Locale;
  format: Format;
}

/** @param strings a page's own texts */
export function createVoice({ tag, locale }: Language, strings: Strings | undefined): Voice {
  return { tag, locale: withStrings(locale, strings), format: new Format(tag) };
}
