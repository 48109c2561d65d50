/** The shape of a locale: messages, error texts, and where a locale is loaded from. */

import type { ErrorTexts } from '../core/index.js';

/**
 * All texts of the element except those of errors. `{placeholder}` values are already formatted for the language:
 * sizes, percentages and durations include their units.
 */
export interface Messages {
  /** Accessible name of the element, unless it has a label. */
  uploader: string;

  /** Drop zone, before the button {@link chooseFile}. */
  dragFile: string;
  /** Drop zone, in place of {@link dragFile} while unfinished uploads of an earlier visit are listed. */
  dragAnotherFile: string;
  /** Drop zone with `multiple`, before the button {@link chooseFiles}. */
  dragFiles: string;
  /** Drop zone with `directory`, before the button {@link chooseFolder}. */
  dragFolder: string;
  /** Drop zone with `multiple` or `directory`, once files are listed. */
  addMoreFiles: string;
  /** Drop zone while a file is dragged over the element. */
  dropFileHere: string;
  /** Drop zone with `multiple` or `directory`, while files are dragged over the element. */
  dropFilesHere: string;
  /** Drop zone while files of a type that isn't accepted are dragged over the element. */
  dropTypeRefused: string;
  /** Drop zone while files are dragged over the element and no more can be added. */
  dropLimitReached: string;
  /** While a file is dragged over an element without `multiple` whose upload isn’t finished. */
  dropFinishFirst: string;
  /** While a file is dragged over an element without `multiple` that has one already. Placeholder: `{name}`. */
  dropReplaces: string;
  /** Button of the drop zone, and of a row whose file can't be read. */
  chooseFile: string;
  /** Button of a row that an earlier visit left unfinished. Placeholder: `{name}`, shortened. */
  chooseNamed: string;
  /** Button of the drop zone with `multiple`. */
  chooseFiles: string;
  /** Button of the drop zone with `directory`. */
  chooseFolder: string;
  /** Button of the drop zone on touch devices, where photos are accepted. */
  chooseOrTakePhoto: string;
  /** Hint in the drop zone. Placeholder: `{size}`. */
  maximumSize: string;
  /** Hint in the drop zone if the types are limited as well. Placeholders: `{types}`, such as `MP4 or MOV`, and `{size}`. */
  typesAndSize: string;

  /** Alert in place of the list: a file of the element couldn’t be loaded. Followed by the button {@link retry}. */
  loadFailed: string;

  /** Button of a row. */
  upload: string;
  /** Button of a row. */
  pause: string;
  /** Button of a row. */
  resume: string;
  /** Button of a row. */
  retry: string;
  /** Button of a row that waits before the next attempt. */
  retryNow: string;
  /** Button of a row. */
  cancel: string;
  /** Button of a row. */
  remove: string;
  /** Button of a row whose file is stored. Its object is not deleted. */
  removeFromList: string;
  /** Button of a row that was cancelled or removed. Use another word than for {@link cancel}. */
  undo: string;
  /** Button of a row whose file is stored, without `multiple`: selects a file that replaces it. */
  replace: string;
  /** Button of a row whose file is stored: copies its object key. */
  copyKey: string;
  /** Link of a row whose file is stored. */
  openFile: string;
  /** Button of a row that an earlier visit left unfinished. */
  discard: string;
  /** Button that dismisses {@link confirmDiscard} and {@link confirmDiscardAll}. */
  keepUploading: string;
  /** Button that confirms {@link confirmDiscard}. */
  discardUpload: string;
  /** Button that confirms {@link confirmDiscardAll}. */
  discardUploads: string;
  /** Button of the summary. */
  uploadAll: string;
  /** Button of the summary. */
  pauseAll: string;
  /** Button of the summary. */
  resumeAll: string;
  /** Button of the summary. */
  retryAll: string;
  /** Button of the summary. */
  cancelAll: string;
  /** Button of the summary; removes completed uploads from the list. */
  clearCompleted: string;
  /** Button that removes the alert about files that weren’t added. */
  dismiss: string;

  /** Status of a row. */
  preparing: string;
  /** Status of a row and of the summary. Placeholders: `{loaded}` (a number without a unit), `{total}`. */
  transferred: string;
  /** Status of a row and of the summary. Placeholder: `{duration}`. */
  timeLeft: string;
  /** Status of a row and of the summary; also announced. */
  waitingForNetwork: string;
  /** Status of a row. Placeholders: `{error}` (the message of the error), `{duration}`. */
  retryingIn: string;
  /** Status of a row; also announced. Placeholder: `{error}` (the message of the error). */
  retrying: string;
  /** Status of a row; also announced. */
  uploadingInOtherTab: string;
  /** Status of a row; also announced. Placeholder: `{percent}`. */
  pausedAt: string;
  /** Status of a row; also announced. */
  completing: string;
  /** Status of a row that starts or resumes when another upload has finished. */
  queued: string;
  /** Status of a row. */
  uploaded: string;
  /** Status of a row whose checksum was compared. */
  uploadedVerified: string;
  /** Status of a row whose object key was copied, before the key; also announced. */
  copied: string;
  /** Status of a row with {@link undo}. */
  uploadCancelled: string;
  /** Title of a row with {@link undo} for several uploads; also announced. Placeholder: `{count}` (2 or more). */
  uploadsCancelled: string;
  /** Status of a row with {@link undo}. */
  fileRemoved: string;
  /** Title of the summary before anything has started. Placeholders: `{count}` (2 or more), `{size}`. */
  filesReady: string;
  /** Title of the summary; also announced. Placeholders: `{done}`, `{count}`. */
  uploadedCount: string;
  /** Status of the summary; also announced. Placeholder: `{count}`. */
  failedCount: string;
  /** Line at the end of a long list; shows or hides the uploaded files. Placeholder: `{count}`. */
  finishedCount: string;
  /** Tooltip of the status {@link uploaded}, for developers. */
  notVerifiedHeaderHidden: string;
  /** Tooltip of the status {@link uploaded}, for developers. */
  notVerifiedSwitchedOff: string;
  /** Status of a row that an earlier visit left unfinished today. Placeholder: `{percent}`. */
  stoppedToday: string;
  /** The same for an earlier day. Placeholders: `{percent}`, `{day}` (a weekday or a date). */
  stoppedOn: string;
  /** Status of such a row whose file must be selected. Placeholders: `{stopped}` (one of the two above), `{name}`. */
  selectFile: string;
  /** Alert in such a row: a different file was selected. Placeholders: `{name}`, `{original}`. */
  fileNotOriginal: string;
  /** Button below {@link fileNotOriginal} and {@link fileChanged}. Placeholder: `{name}`, shortened. */
  uploadInstead: string;
  /** Alert in such a row: the file has been modified. Placeholder: `{name}`. */
  fileChanged: string;
  /** Below the list if the browser can't save progress; also announced. */
  persistenceUnavailable: string;
  /** Question in a row before a large upload is discarded. Placeholder: `{size}`, the bytes already uploaded. */
  confirmDiscard: string;
  /** Question in the summary before large uploads are discarded. Placeholder: `{size}`, the bytes already uploaded. */
  confirmDiscardAll: string;
  /** Summary of the disclosure with the hint, code and request ID of an error. */
  details: string;
  /** Before the request ID in the details of an error. */
  requestId: string;

  /** Alert below the list. Placeholder: `{name}`. */
  rejectedType: string;
  /** Alert below the list. Placeholders: `{name}`, `{types}` (a list such as `MP4, MOV, images`). */
  rejectedTypeWithList: string;
  /** Any image, in the `{types}` of {@link rejectedTypeWithList}. */
  typeImages: string;
  /** Any video, in the `{types}` of {@link rejectedTypeWithList}. */
  typeVideos: string;
  /** Any audio file, in the `{types}` of {@link rejectedTypeWithList}. */
  typeAudio: string;
  /** Alert below the list. Placeholder: `{name}`. */
  rejectedFolder: string;
  /** Alert below the list. Placeholder: `{name}`. */
  rejectedUnreadable: string;
  /** Alert below the list, after a drop without files. */
  rejectedEmptyDrop: string;
  /** Alert below the list. Placeholder: `{name}`. */
  rejectedDuplicate: string;
  /** Alert below the list. Placeholders: `{name}`, `{size}` (the maximum). */
  rejectedSize: string;
  /** Alert below the list if only one file is allowed. Placeholder: `{name}`. */
  rejectedOnlyOne: string;
  /** Alert below the list. Placeholders: `{name}`, `{count}` (the maximum, 2 or more). */
  rejectedTooMany: string;
  /** Alert below the list: no object key can be made from the file's name. Placeholder: `{name}`. */
  rejectedName: string;
  /** Alert below the list: `validateFile` has failed. Placeholder: `{name}`. */
  rejectedUnchecked: string;
  /** Alert below the list: a listener prevented `oss-file-add`. Placeholder: `{name}`. */
  rejectedBySite: string;
  /** Alert below the list, before the reasons. Placeholder: `{count}` (2 or more). */
  notAdded: string;
  /** The same as {@link rejectedType} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedTypeSeveral: string;
  /** The same as {@link rejectedTypeWithList} for several files. Placeholders: `{rejected}` (2 or more), `{types}`. */
  rejectedTypeWithListSeveral: string;
  /** The same as {@link rejectedFolder} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedFolderSeveral: string;
  /** The same as {@link rejectedUnreadable} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedUnreadableSeveral: string;
  /** The same as {@link rejectedDuplicate} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedDuplicateSeveral: string;
  /** The same as the error `duplicate-key` for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedKeySeveral: string;
  /** The same as {@link rejectedSize} for several files. Placeholders: `{rejected}` (2 or more), `{size}`. */
  rejectedSizeSeveral: string;
  /** The same as {@link rejectedOnlyOne} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedOnlyOneSeveral: string;
  /** The same as {@link rejectedTooMany} for several files. Placeholders: `{rejected}` (2 or more), `{count}` (the maximum). */
  rejectedTooManySeveral: string;
  /** The same as {@link rejectedName} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedNameSeveral: string;
  /** The same as {@link rejectedUnchecked} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedUncheckedSeveral: string;
  /** The same as {@link rejectedBySite} for several files. Placeholder: `{rejected}` (2 or more). */
  rejectedBySiteSeveral: string;
  /** After the names of the first rejected files. Placeholder: `{count}` (2 or more). */
  moreNotAdded: string;

  /** Validation message of the browser: a required file is missing. */
  formFileMissing: string;
  /** Validation message of the browser: an upload is in progress. */
  formUploading: string;
  /** Validation message of the browser: a file hasn't been uploaded. */
  formUnfinished: string;
  /** Validation message of the browser: an upload has failed. */
  formFailed: string;

  /** Announced: one file was added. Placeholder: `{name}`. */
  announceReady: string;
  /** Announced: several files were added. Placeholder: `{count}` (2 or more). */
  announceAdded: string;
  /** Announced: the list shows only failed files. */
  announceFailedOnly: string;
  /** Announced: the list shows all files again. */
  announceAllShown: string;
  /** Announced: the status or error of one file. Placeholders: `{name}`, `{status}`. */
  announceFileStatus: string;
  /** Announced: an upload has started. Placeholder: `{name}`. */
  announceStart: string;
  /** Announced: several uploads have started. Placeholder: `{count}` (2 or more). */
  announceStartMany: string;
  /** Announced at each quarter. Placeholder: `{percent}`. */
  announceProgress: string;
  /** Announced: an upload has resumed. Placeholder: `{percent}`. */
  announceResumed: string;
  /** Announced: an upload has succeeded. Placeholder: `{name}`. */
  announceUploaded: string;
  /** Announced: an upload was cancelled. Placeholder: `{name}`. */
  announceCancelled: string;
  /** Announced: a file was removed. Placeholder: `{name}`. */
  announceRemoved: string;
  /** Announced: several files were removed from the list. Placeholder: `{count}` (2 or more). */
  announceRemovedMany: string;
  /** Announced: a removed file is in the list again. Placeholder: `{name}`. */
  announceRestored: string;
  /** Announced after {@link announceCancelled}, {@link uploadsCancelled} or {@link announceRemoved}. */
  announceUndo: string;
}

/** All texts of one language. */
export interface Locale extends Messages {
  readonly errors: ErrorTexts;
}

/** Texts that replace individual texts of the language. */
export interface Strings extends Partial<Messages> {
  errors?: Partial<ErrorTexts> | undefined;
}

/** A locale, or a function that imports the module whose default export is one. */
export type LocaleSource = Locale | (() => Promise<{ default: Locale }>);

/** A loaded locale and the BCP 47 tag that numbers and dates are formatted for. */
export interface Language {
  tag: string;
  locale: Locale;
}
