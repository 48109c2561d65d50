/** The events of `<oss-resumable-upload>` and their details. None carries a credential. */

import type { Checkpoint, Upload, UploadError, UploadResult, UploadStatus } from './core/index.js';

/** Why a file was not taken: `empty-key` stands for every key that OSS or a browser can't take. */
export type RejectReason = 'type' | 'size' | 'count' | 'empty-key' | 'prevented';

export interface FileAddDetail {
  file: File;
  /** The object key. */
  key: string;
}

export interface FileRejectDetail {
  file: File;
  reason: RejectReason;
}

export interface ResumableFoundDetail {
  /** Of earlier visits; each waits for its file. */
  uploads: readonly Upload[];
}

export interface UploadDetail {
  upload: Upload;
}

export interface UploadStartDetail extends UploadDetail {
  /** Whether it goes on from what an earlier run, or a checkpoint, has sent. */
  resumed: boolean;
  /** Bytes that need not be sent again. */
  bytesKept: number;
}

export interface UploadProgressDetail extends UploadDetail {
  /** Bytes. */
  loaded: number;
  /** Bytes. */
  total: number;
  /** 0 to 1. */
  ratio: number;
  /** `undefined` while it can't be told. */
  bytesPerSecond?: number | undefined;
  /** `undefined` while it can't be told. */
  secondsLeft?: number | undefined;
}

export interface PartCompleteDetail extends UploadDetail {
  /** 1 to 10,000. */
  number: number;
  /** As OSS gave it, quotes included. */
  etag: string;
  /** 1 where the first one succeeded. */
  attempt: number;
  /** What has arrived so far, in ali-oss's own shape. */
  checkpoint: Checkpoint | undefined;
}

export interface StateChangeDetail extends UploadDetail {
  from: UploadStatus;
  to: UploadStatus;
}

export interface UploadRetryDetail extends UploadDetail {
  /** The number of the attempt that follows, from 2 on. */
  attempt: number;
  /** Milliseconds. */
  delay: number;
  error: UploadError;
}

export interface UploadSuccessDetail extends UploadDetail, UploadResult {}

export interface UploadErrorDetail extends UploadDetail {
  error: UploadError;
}

export interface OssResumableUploadEventMap {
  'oss-file-add': CustomEvent<FileAddDetail>;
  'oss-file-reject': CustomEvent<FileRejectDetail>;
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

/** All that the element sends: its own, and what form controls have in common. */
export interface OssResumableUploadEvents extends OssResumableUploadEventMap {
  change: Event;
}

type DetailOf<Type extends keyof OssResumableUploadEventMap> = OssResumableUploadEventMap[Type]['detail'];

/** Tells the page. @returns `false` where it was told not to go on, which only a cancelable event can be */
export function emit<Type extends keyof OssResumableUploadEventMap>(
  target: EventTarget,
  type: Type,
  detail: DetailOf<Type>,
  { cancelable = false } = {},
): boolean {
  return target.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
}

declare global {
  // Elements, documents and windows hear these alike, since they bubble.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merges into the map of the platform
  interface GlobalEventHandlersEventMap extends OssResumableUploadEventMap {}
}
