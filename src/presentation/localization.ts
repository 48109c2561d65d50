/** How to put things: the texts and the figures of one language. */

import { withStrings } from '../i18n/registry.js';
import type { Language, Locale, Strings } from '../i18n/types.js';
import { Format } from './format.js';

export interface Localization {
  /** BCP 47 */
  tag: string;
  locale: Locale;
  format: Format;
}

/** @param strings a page's own texts */
export function createLocalization({ tag, locale }: Language, strings: Strings | undefined): Localization {
  return { tag, locale: withStrings(locale, strings), format: new Format(tag) };
}
