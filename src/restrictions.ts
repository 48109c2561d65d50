/** Which files are accepted: type, size and count. Pure. */

import { isAccepted } from './accepted-files.js';
import type { Upload, UploadError } from './core/index.js';
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

/**
 * Validates a file before it is added. Returns a sentence in the user's language to reject it, or `undefined` to accept it.
 * The sentence is shown as text, without markup, and is cut off after 300 characters.
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
  /** For `invalid`: the sentence that `validateFile` returned. Absent if the function failed. */
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
