/** Finds and registers locales. Independent of the element. */

import type { ErrorTexts } from '../core/index.js';
import { loadChunk } from '../load-chunk.js';
import { shellTexts } from './shell-texts.js';
import type { Language, Locale, LocaleSource, Strings } from './types.js';

/**
 * English, used if no other language matches. Until {@link completeEnglish}, it has only the texts of the shell, which are
 * all that is shown until then.
 */
export const defaultLanguage: Language = { tag: 'en', locale: shellTexts as Locale };

const imports: Readonly<Record<string, () => Promise<{ default: Locale }>>> = {
  'zh-hans': () => import('./locales/zh-hans.js'),
  'zh-hant': () => import('./locales/zh-hant.js'),
  ja: () => import('./locales/ja.js'),
  ko: () => import('./locales/ko.js'),
  de: () => import('./locales/de.js'),
  fr: () => import('./locales/fr.js'),
  es: () => import('./locales/es.js'),
  pt: () => import('./locales/pt.js'),
  ru: () => import('./locales/ru.js'),
  ar: () => import('./locales/ar.js'),
};

/** Locales by language tag in lower case. */
const sources = new Map<string, LocaleSource>([['en', defaultLanguage.locale]]);
for (const [tag, load] of Object.entries(imports)) sources.set(tag, () => loadChunk(load, tag, 'default'));

const listeners = new Set<() => void>();

/** Adds the English texts that the shell doesn't need. Another English locale that the page has registered stays. */
export function completeEnglish(english: Locale): void {
  const isReplaced = sources.get('en') !== defaultLanguage.locale;
  defaultLanguage.locale = english;
  if (!isReplaced) sources.set('en', english);
  for (const listener of listeners) listener();
}

/**
 * Adds or replaces a locale. Elements already on the page update.
 *
 * @param tag BCP 47 tag, as general as possible: `it` also matches `it-CH`, `sr-Latn` also matches `sr-ME`
 * @param source the locale, or a function that imports it when it is first needed
 * @example
 * registerLocale('it', () => import('./it.js'));
 */
export function registerLocale(tag: string, source: LocaleSource): void {
  sources.set(tag.toLowerCase(), source);
  for (const listener of listeners) listener();
}

/**
 * Calls the listener whenever a locale is registered.
 *
 * @returns a function that removes the listener
 */
export function onLocaleRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Returns the language for a tag, or English if none matches. Returns a promise only if the locale must be loaded; it
 * rejects if loading fails.
 *
 * @param given BCP 47 tag; underscores are accepted as separators
 */
export function findLanguage(given: string): Language | Promise<Language> {
  const tag = given.replaceAll('_', '-');
  for (const candidate of candidates(tag)) {
    const source = sources.get(candidate);
    if (typeof source === 'object') return { tag, locale: source };
    if (source) {
      return source().then(({ default: locale }) => {
        // A locale that the page has registered in the meantime takes precedence.
        if (sources.get(candidate) === source) sources.set(candidate, locale);
        return { tag, locale };
      });
    }
  }
  return defaultLanguage;
}

/** Returns the locale with the given texts in place of its own. Values that aren't strings are ignored. */
export function withStrings(locale: Locale, strings: Strings | undefined): Locale {
  if (!strings) return locale;
  // The English texts may not be complete yet.
  const own: Partial<ErrorTexts> = (locale as Partial<Locale>).errors ?? {};
  const codes = Object.keys({ ...own, ...strings.errors }) as (keyof ErrorTexts)[];
  const errors = codes.map((code) => [code, { ...textsIn(own[code]), ...textsIn(strings.errors?.[code]) }]);
  return { ...locale, ...textsIn(strings), errors: Object.fromEntries(errors) as ErrorTexts };
}

function textsIn(given: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, text]) => typeof text === 'string'));
}

/** Returns tags from the most to the least specific, such as `zh-cn`, `zh-hans`, `zh`. */
function candidates(tag: string): string[] {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return [tag.toLowerCase(), `${language}-${script}`.toLowerCase(), language];
  } catch {
    return [];
  }
}
