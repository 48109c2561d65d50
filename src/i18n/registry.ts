/**
 * What the element says, in which language. Knows the texts and where each language is loaded from, not the element.
 */

import type { ErrorTexts } from '../core/index.js';
import english from './locales/en.js';
import type { Language, Locale, LocaleSource, Strings } from './types.js';

/** By tag in lower case: the one place that says where a language comes from. */
const sources = new Map<string, LocaleSource>([
  ['en', english],
  ['zh-hans', () => import('./locales/zh-hans.js')],
  ['zh-hant', () => import('./locales/zh-hant.js')],
  ['ja', () => import('./locales/ja.js')],
  ['ko', () => import('./locales/ko.js')],
  ['de', () => import('./locales/de.js')],
  ['fr', () => import('./locales/fr.js')],
  ['es', () => import('./locales/es.js')],
  ['pt', () => import('./locales/pt.js')],
  ['ru', () => import('./locales/ru.js')],
  ['ar', () => import('./locales/ar.js')],
]);

const listeners = new Set<() => void>();

/** What is spoken where nothing else is known. */
export const defaultLanguage: Language = { tag: 'en', locale: english };

/**
 * Adds a language, or replaces one. Elements that are on the page already take it up.
 *
 * @param tag BCP 47, as specific as needed: `it` serves `it-CH` too, `sr-Latn` serves `sr-ME`
 * @param source the texts, or a function that imports them when they are first needed
 */
export function registerLocale(tag: string, source: LocaleSource): void {
  sources.set(tag.toLowerCase(), source);
  for (const listener of listeners) listener();
}

/** Calls back when a language is registered. @returns a function that ends it */
export function onLocaleRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The language for a tag; English where there is none. A promise only where it has to be loaded first.
 *
 * @param given BCP 47, or with underscores as many systems write it; anything else counts as unknown
 */
export function findLanguage(given: string): Language | Promise<Language> {
  const tag = given.replaceAll('_', '-');
  for (const candidate of candidates(tag)) {
    const source = sources.get(candidate);
    if (typeof source === 'object') return { tag, locale: source };
    if (source) {
      return source().then(({ default: locale }) => {
        // What came meanwhile from the page itself stays.
        if (sources.get(candidate) === source) sources.set(candidate, locale);
        return { tag, locale };
      });
    }
  }
  return defaultLanguage;
}

/** The locale with a page's own strings in it; what is no text there stays as it is. */
export function withStrings(locale: Locale, strings: Strings | undefined): Locale {
  if (!strings) return locale;
  const errors = Object.entries(locale.errors).map(([code, text]) => [
    code,
    { ...text, ...textsIn(strings.errors?.[code as keyof ErrorTexts]) },
  ]);
  return { ...locale, ...textsIn(strings), errors: Object.fromEntries(errors) as ErrorTexts };
}

function textsIn(given: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, text]) => typeof text === 'string'));
}

/** From the most specific to the least: `zh-cn`, `zh-hans`, `zh`. */
function candidates(tag: string): string[] {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return [tag.toLowerCase(), `${language}-${script}`.toLowerCase(), language];
  } catch {
    return [];
  }
}
