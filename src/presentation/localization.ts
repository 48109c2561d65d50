/** The texts and number formats of one language. */

import { defaultLanguage, withStrings } from '../i18n/registry.js';
import type { ShellText } from '../i18n/shell-texts.js';
import type { Language, Locale, Messages, Strings } from '../i18n/types.js';
import type { Format } from './format.js';
import { LimitFormat } from './limit-format.js';

/** What the shell shows. */
export interface ShellLocalization {
  /** BCP 47 language tag. */
  tag: string;
  locale: Pick<Messages, ShellText>;
  format: LimitFormat;
}

/** See complete-localization.ts. */
export interface Localization extends ShellLocalization {
  locale: Locale;
  format: Format;
}

/** Creates the localization for a language. Texts that its locale lacks are in English. @param strings replace individual texts of the locale */
export function createLocalization(
  { tag, locale }: Language,
  strings: Strings | undefined,
): ShellLocalization {
  return {
    tag,
    locale: withStrings(withStrings(defaultLanguage.locale, locale), strings),
    format: new LimitFormat(tag),
  };
}
