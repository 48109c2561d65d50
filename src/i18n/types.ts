/** The shape of a locale: messages, error texts, and where a locale comes from. */

import type { ErrorTexts } from '../core/index.js';

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
  /** Answers to {@link confirmDiscard}. */
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
  persistenceUnavailable: string;
  /** Asked before much is lost. Placeholder: `{size}`, of what has arrived. */
  confirmDiscard: string;
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
  announceReady: string;
  /** Of many files. Placeholder: `{count}`. */
  announceAdded: string;
  /** An upload of an earlier visit. Placeholder: `{status}`, {@link resumable} or what stands for it. */
  announceFound: string;
  announceStart: string;
  /** Of many files. Placeholder: `{count}`. */
  announceStartMany: string;
  /** Placeholder: `{percent}`. */
  announceStep: string;
  /** Placeholder: `{percent}`. */
  announceResumed: string;
  announceDone: string;
  announceCancelled: string;
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
