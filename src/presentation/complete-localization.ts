/** Adds what the shell doesn't need to the texts and formats of a language. */

import type { Locale } from '../i18n/types.js';
import { Format } from './format.js';
import type { Localization, ShellLocalization } from './localization.js';

const known = new WeakMap<ShellLocalization, Localization>();

/** Returns the same object for the same localization. Call `completeEnglish()` before, which adds the texts of all messages. */
export function completeLocalization(shell: ShellLocalization): Localization {
  const { tag, locale } = shell;
  const complete = known.get(shell) ?? { tag, locale: locale as Locale, format: new Format(tag) };
  known.set(shell, complete);
  return complete;
}
