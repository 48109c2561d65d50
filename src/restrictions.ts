/** Which files are accepted: type, size and count. Pure. */

import { isAccepted, mayBeAccepted } from './accept.js';
import type { Upload, UploadError } from './core/index.js';
import type { ReportInvalid } from './core/options/invalid-option.js';
import { parseSize, parseWholeNumber } from './core/options/numbers.js';
import type { RejectReason } from './events.js';

/** Limits on the files that can be added to the list. */
export interface Restrictions {
  /** As on `<input type="file">`. Empty for any file. */
  accept: string | undefined;
  /** Bytes. */
  maxSize: number;
  maxFiles: number;
  /** Whether the list may contain several files. If not, a new file replaces the current one. */
  multiple: boolean;
}

/** The settings that limit files. Values come from the page and may be invalid. */
export interface RestrictionSettings {
  accept?: string | undefined;
  multiple: boolean;
  directory: boolean;
  maxSize?: string | number | undefined;
  maxFiles?: string | number | undefined;
}

/**
 * Validates a file before it is added. Returns a sentence for the user, in their language, if it must not be added. It is
 * shown as text, without markup, and at most 300 characters of it.
 *
 * @example
 * element.validateFile = (file) => (file.size === 0 ? `${file.name} is empty.` : undefined);
 */
export type ValidateFile = (file: File) => string | undefined | void | Promise<string | undefined | void>;

/** Why a file was not added. `duplicate` and `empty-drop` are shown to the user but not reported as an event. */
export interface Rejection {
  /** For `empty-drop`, a file without a name. */
  file: File;
  reason: RejectReason | 'folder' | 'unreadable' | 'duplicate' | 'empty-drop';
  /** The invalid setting because of which no file can be added. */
  error?: UploadError | undefined;
  /** What `validateFile` has returned, for `invalid`. Absent if it has failed. */
  sentence?: string | undefined;
}

/** A file that was selected for a resumable upload but isn't the file that the upload started with. */
export interface FileMismatch {
  upload: Upload;
  file: File;
  reason: 'other' | 'changed';
  /** Whether it may be uploaded instead. */
  isAccepted: boolean;
}

/** Whether dragged files would be added, or why they would be rejected. */
export type DragState = 'accepted' | 'type' | 'count';

/** Returns why a file can't be added, or `undefined` if it can. */
export function rejectReasonFor(
  file: File,
  { accept, maxSize }: Restrictions,
  hasRoom: boolean,
): RejectReason | undefined {
  if (!isAccepted(file, accept)) return 'type';
  if (file.size > maxSize) return 'size';
  return hasRoom ? undefined : 'count';
}

/** Returns why dragged files would be rejected. Browsers reveal only their types during a drag. */
export function checkTypes(types: readonly string[], { accept }: Restrictions): 'type' | undefined {
  return types.length === 0 || types.some((type) => mayBeAccepted(type, accept)) ? undefined : 'type';
}

/** Returns which files the settings accept. Invalid values fall back to their defaults. */
export function toRestrictions(
  { accept, multiple, directory, maxSize, maxFiles }: RestrictionSettings,
  invalid: ReportInvalid = () => undefined,
): Restrictions {
  const isMultiple = multiple || directory;
  const limit = parseWholeNumber('max-files', maxFiles, 1, invalid) ?? Infinity;
  return {
    accept: accept || undefined,
    maxSize: parseSize('max-size', maxSize, invalid) ?? Infinity,
    maxFiles: isMultiple ? limit : 1,
    multiple: isMultiple,
  };
}
