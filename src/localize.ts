/**
 * What the element says, in which language. Knows the texts and where each language is loaded from, not the element.
 */

import { type ErrorTexts } from './core/index.js';
import english from './locales/en.js';

/**
 * Every sentence of the element, but those of errors. A `{placeholder}` is filled with a value that is formatted for
 * the language already: sizes, percents and durations come with their units.
 */
export interface Messages {
  /** Names the element for assistive technology. */
  uploader: string;
  /** Stands before the button {@link chooseFile}. */
  drop: string;
  /** The same where uploads of earlier visits stand above. */
  dropAnother: string;
  /** Takes the place of {@link drop} while a file is dragged over the element. */
  dropNow: string;
  /** The same three where many files are taken. */
  dropFiles: string;
  dropFolder: string;
  dropMore: string;
  dropFilesNow: string;
  /** What is dragged over the element and will not be taken. */
  dropWrongType: string;
  dropNoRoom: string;
  chooseFile: string;
  chooseFiles: string;
  chooseFolder: string;
  /** Placeholder: `{size}`. */
  upTo: string;

  upload: string;
  pause: string;
  resume: string;
  retry: string;
  tryNow: string;
  cancel: string;
  remove: string;
  /** Answers to {@link askDiscard}. */
  keep: string;
  discard: string;
  /** On the buttons for all files. */
  uploadAll: string;
  pauseAll: string;
  resumeAll: string;
  retryAll: string;
  cancelAll: string;
  clearFinished: string;

  preparing: string;
  /** Placeholders: `{loaded}`, a number in the unit of `{total}`, which has one. */
  transferred: string;
  /** Placeholder: `{duration}`. */
  timeLeft: string;
  waitingForNetwork: string;
  /** Placeholders: `{error}`, the sentence on what made it wait, and `{duration}`. */
  tryingAgainIn: string;
  /** Placeholder: `{error}`. */
  tryingAgain: string;
  otherTab: string;
  /** Placeholder: `{percent}`. */
  pausedAt: string;
  completing: string;
  /** It begins, or goes on, as soon as another one is through. */
  queued: string;
  uploaded: string;
  uploadedVerified: string;
  /** Of many files. Placeholders: `{done}`, `{count}`. */
  uploadedOf: string;
  /** Placeholder: `{count}`. */
  failedCount: string;
  /** Why it says no more than {@link uploaded}: for developers. */
  unverifiedNotExposed: string;
  unverifiedSwitchedOff: string;
  /** What an earlier visit left, where that was today. Placeholder: `{percent}`. */
  leftToday: string;
  /** The same of an earlier day. Placeholders: `{percent}`, `{day}`. */
  leftOn: string;
  /** Where the file has to be chosen again. Placeholder: `{left}`, one of the two sentences above. */
  resumable: string;
  /** Another file was chosen in place of the one that is wanted. Placeholder: `{name}`. */
  otherFile: string;
  /** The file that is wanted was chosen, and is not what it was. Placeholder: `{name}`. */
  changedFile: string;
  /** This browser can't remember what is under way. */
  forgetful: string;
  /** Asked before much is lost. Placeholder: `{size}`, of what has arrived. */
  askDiscard: string;
  /** Opens code and request id of an error. */
  details: string;
  /** Stands before the request id. */
  requestId: string;

  /** Placeholder: `{name}`, as in all that follow. */
  rejectedType: string;
  rejectedFolder: string;
  rejectedUnreadable: string;
  rejectedDuplicate: string;
  /** Placeholder: `{size}`, the largest one allowed. */
  rejectedSize: string;
  rejectedCount: string;
  /** Placeholder: `{count}`, how many are taken. */
  rejectedLimit: string;
  rejectedKey: string;
  rejectedByPage: string;
  /** After the first few. Placeholder: `{count}`. */
  moreRejected: string;

  /** What the browser says where the form can’t be submitted. */
  fileMissing: string;
  formUploading: string;
  formUnfinished: string;
  formFailed: string;

  /** Spoken, not shown. */
  saidReady: string;
  /** Of many files. Placeholder: `{count}`. */
  saidAdded: string;
  /** An upload of an earlier visit. Placeholder: `{status}`, {@link resumable} or what stands for it. */
  saidFound: string;
  saidStart: string;
  /** Of many files. Placeholder: `{count}`. */
  saidStartMany: string;
  /** Placeholder: `{percent}`. */
  saidStep: string;
  /** Placeholder: `{percent}`. */
  saidResumed: string;
  saidDone: string;
  saidCancelled: string;
}

/** One language. */
export interface Locale extends Messages {
  readonly errors: ErrorTexts;
}

/** Single texts of a page's own, in place of those of the language. */
export interface Strings extends Partial<Messages> {
  errors?: Partial<ErrorTexts>;
}

/** A language, or the module that holds it. */
export type LocaleSource = Locale | (() => Promise<{ default: Locale }>);

/** A language that is there, and the tag to format numbers with. */
export interface Language {
  tag: string;
  locale: Locale;
}

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

/** Fills the placeholders; an unknown one becomes nothing. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
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
