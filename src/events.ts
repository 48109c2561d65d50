/** The events of `<oss-resumable-upload>` and their details. No detail contains credentials. */

import type { Checkpoint, Upload, UploadError, UploadResult, UploadStatus } from './core/index.js';

/** Why a file was rejected. */
export type RejectReason =
  /** The file doesn't match `accept`, is a folder where none are accepted, or can't be read. */
  | 'type'
  /** The file is larger than `max-size`. */
  | 'size'
  /** The list is full. */
  | 'count'
  /** The object key is invalid, or the key function failed. */
  | 'empty-key'
  /** Another file in the list has the same object key, and `on-collision` isn't `rename`. */
  | 'duplicate-key'
  /** `validateFile` returned a sentence, or failed. */
  | 'invalid'
  /** The page called `preventDefault()` in `oss-file-add`. */
  | 'prevented';

/** Detail of `oss-file-add`. */
export interface FileAddDetail {
  /** The file to be added. */
  file: File;
  /** Its object key. */
  key: string;
}

/** Detail of `oss-file-reject`. */
export interface FileRejectDetail {
  /** The rejected file. */
  file: File;
  /** Why it was rejected. */
  reason: RejectReason;
}

/** Detail of `oss-file-remove`. */
export interface FileRemoveDetail {
  /** Object key. */
  key: string;
  /** The removed file. `undefined` for a file of `stored` or of a restored form. */
  file?: File | undefined;
  /** Whether its object is still in the bucket. `false` if a file in the list has replaced the object. */
  stored: boolean;
}

/** Detail of `oss-resumable-found`. */
export interface ResumableFoundDetail {
  /** The unfinished uploads of earlier visits. */
  uploads: readonly Upload[];
}

/** Detail of `oss-upload-cancel`. The details of all other upload events extend it. */
export interface UploadDetail {
  /** The upload that the event is about. */
  upload: Upload;
}

/** Detail of `oss-upload-start`. */
export interface UploadStartDetail extends UploadDetail {
  /** Whether the upload continues an existing multipart upload instead of starting from zero. */
  resumed: boolean;
  /** Bytes that are stored already and are not sent again. */
  bytesKept: number;
}

/** Detail of `oss-upload-progress`. */
export interface UploadProgressDetail extends UploadDetail {
  /** Bytes sent so far. */
  loaded: number;
  /** Bytes that OSS has acknowledged. */
  stored: number;
  /** Size of the file in bytes. */
  total: number;
  /** `loaded` divided by `total`, 0 to 1. */
  ratio: number;
  /** Current throughput. `undefined` while it is unknown. */
  bytesPerSecond?: number | undefined;
  /** Estimated time left. `undefined` while it is unknown. */
  secondsLeft?: number | undefined;
}

/** Detail of `oss-part-complete`. */
export interface PartCompleteDetail extends UploadDetail {
  /** Part number, 1 to 10,000. */
  number: number;
  /** ETag of the part as returned by OSS, including quotes. */
  etag: string;
  /** Number of attempts that it took. */
  attempt: number;
  /** All stored parts, in the shape of ali-oss. */
  checkpoint: Checkpoint | undefined;
}

/** Detail of `oss-state-change`. */
export interface StateChangeDetail extends UploadDetail {
  /** The previous status. */
  from: UploadStatus;
  /** The current status. */
  to: UploadStatus;
}

/** Detail of `oss-upload-retry`. */
export interface UploadRetryDetail extends UploadDetail {
  /** Number of the next attempt, from 2. */
  attempt: number;
  /** Time until the next attempt in milliseconds. */
  delay: number;
  /** The error that is retried. */
  error: UploadError;
}

/** Detail of `oss-upload-success`. */
export interface UploadSuccessDetail extends UploadDetail, UploadResult {}

/** Detail of `oss-upload-error`. */
export interface UploadErrorDetail extends UploadDetail {
  /** Why the upload failed. */
  error: UploadError;
}

/** The element's own events by name. */
export interface OssResumableUploadEventMap {
  'oss-file-add': CustomEvent<FileAddDetail>;
  'oss-file-reject': CustomEvent<FileRejectDetail>;
  'oss-file-remove': CustomEvent<FileRemoveDetail>;
  'oss-resumable-found': CustomEvent<ResumableFoundDetail>;
  'oss-upload-start': CustomEvent<UploadStartDetail>;
  'oss-upload-progress': CustomEvent<UploadProgressDetail>;
  'oss-part-complete': CustomEvent<PartCompleteDetail>;
  'oss-state-change': CustomEvent<StateChangeDetail>;
  'oss-upload-retry': CustomEvent<UploadRetryDetail>;
  'oss-upload-success': CustomEvent<UploadSuccessDetail>;
  'oss-upload-error': CustomEvent<UploadErrorDetail>;
  'oss-upload-cancel': CustomEvent<UploadDetail>;
}

/** All events that the element fires: its own, and those of form controls. */
export interface OssResumableUploadEvents extends OssResumableUploadEventMap {
  change: Event;
}

type DetailOf<Type extends keyof OssResumableUploadEventMap> = OssResumableUploadEventMap[Type]['detail'];

/** Dispatches an event. @returns `false` if it is cancelable and a listener called `preventDefault()` */
export function emit<Type extends keyof OssResumableUploadEventMap>(
  target: EventTarget,
  type: Type,
  detail: DetailOf<Type>,
  { cancelable = false } = {},
): boolean {
  return target.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
}

declare global {
  // The events bubble, so listeners on any element, the document or the window receive them.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges into the platform's event map
  interface GlobalEventHandlersEventMap extends OssResumableUploadEventMap {}
}
