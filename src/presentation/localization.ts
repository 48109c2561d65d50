/** The texts and number formats of one language. */

import { defaultLanguage, withStrings } from '../i18n/registry.js';
import type { Language, Locale, Strings } from '../i18n/types.js';
import { Format } from './format.js';

export interface Localization {
  /** BCP 47 language tag. */
  tag: string;
  locale: Locale;
  format: Format;
}

/** Creates the localization for a language. Texts that its locale lacks are in English. @param strings replace individual texts of the locale */
export function createLocalization({ tag, locale }: Language, strings: Strings | undefined): Localization {
  return {
    tag,
    locale: withStrings(withStrings(defaultLanguage.locale, locale), strings),
    format: new Format(tag),
  };
}
