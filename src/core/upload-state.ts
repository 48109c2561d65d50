/** The states of an upload, and `reduce`, the only function that changes one into another. Pure. */

import type { UploadError } from './errors.js';

/** How much of a file has been sent. */
export interface Progress {
  /** Bytes sent so far, with those in flight. Never decreases while an upload is running. */
  loaded: number;
  /** Bytes that OSS has acknowledged. Unlike `loaded`, they include nothing that a proxy holds back. */
  stored: number;
  /** Size of the file in bytes. */
  total: number;
  /** `loaded` divided by `total`, 0 to 1. */
  ratio: number;
  /** Current throughput. `undefined` while it is unknown, for example because the network has stalled. */
  bytesPerSecond?: number | undefined;
  /** Estimated time left. `undefined` while it is unknown. */
  secondsLeft?: number | undefined;
}

/**
 * Why an object was not verified.
 *
 * - `not-exposed`: the bucket's CORS rule doesn't expose `x-oss-hash-crc64ecma`.
 * - `switched-off`: the page turned verification off.
 */
export type UnverifiedReason = 'not-exposed' | 'switched-off';

/** The stored object of a successful upload. */
export interface UploadResult {
  /** Name of the bucket. */
  bucket: string;
  /** Object key. */
  key: string;
  /** ETag of the object as returned by OSS, including quotes. */
  etag: string;
  /** URL of the object, without a signature. */
  url: string;
  /** Whether the CRC-64 of the stored object equals the CRC-64 of the file. */
  verified: boolean;
  /** Why the checksums were not compared. `undefined` if they were. */
  unverifiedReason?: UnverifiedReason | undefined;
  /** Version of the object, if the bucket has versioning and its CORS rule exposes `x-oss-version-id`. */
  versionId?: string | undefined;
  /** Whether an object with the same bytes was stored already, so that this upload stored nothing. */
  reused?: boolean | undefined;
  /** What your server returned to OSS, if the upload has a callback. */
  callback?: unknown;
}

/** A stored object. Complete for an upload; for a file that the page lists as stored, only `key` and `url` are known. */
export type StoredObject = Pick<UploadResult, 'key'> & {
  [Name in keyof UploadResult]?: UploadResult[Name] | undefined;
};

/** What a waiting upload is waiting for. */
export type WaitReason = 'offline' | 'retry' | 'other-tab';

/** The active statuses from which an upload can start waiting, and to which it returns. */
export type Phase = 'preparing' | 'uploading' | 'completing';

/** The state of an upload, discriminated by `status`. */
export type UploadState =
  /** Selected and not started. `queued`: it starts as soon as another upload ends. */
  | { status: 'ready'; progress: Progress; queued: boolean }
  /** Fetching credentials, loading the SDK, listing stored parts. */
  | { status: 'preparing'; progress: Progress }
  | { status: 'uploading'; progress: Progress }
  | {
      status: 'waiting';
      progress: Progress;
      during: Phase;
      reason: WaitReason;
      /** When the upload continues on its own, in milliseconds since 1970 by this device's clock. */
      until?: number | undefined;
      /** The error that caused the wait. */
      error?: UploadError | undefined;
    }
  /** `queued`: it resumes as soon as another upload ends. */
  | { status: 'paused'; progress: Progress; queued: boolean }
  /** All bytes are sent. OSS is assembling the object, or is asked whether it has stored a cancelled upload. */
  | { status: 'completing'; progress: Progress }
  /** `duration`: how long this page sent the file, without pauses and waits, in milliseconds. `undefined` if it sent only some parts or nothing. */
  | { status: 'succeeded'; progress: Progress; result: StoredObject; duration?: number | undefined }
  /** `queued`: it is retried as soon as another upload ends. */
  | { status: 'failed'; progress: Progress; error: UploadError; queued: boolean }
  /**
   * `mayBeStored`: all bytes had been sent, and OSS couldn't be asked whether it has stored the object.
   */
  | { status: 'cancelled'; progress: Progress; mayBeStored?: boolean | undefined }
  /**
   * Left unfinished by an earlier visit and waiting for its file.
   * `savedAt`: when its checkpoint was last written, in milliseconds since 1970.
   * `reopenable`: the browser can open the file again without a file picker.
   */
  | { status: 'resumable'; progress: Progress; savedAt: number; reopenable: boolean };

export type UploadStatus = UploadState['status'];

/** What can happen to an upload. */
export type UploadEvent =
  | { type: 'enqueue' }
  | { type: 'start' }
  | { type: 'send'; progress: Progress }
  | { type: 'progress'; progress: Progress }
  | { type: 'wait'; reason: WaitReason; until?: number; error?: UploadError }
  | { type: 'continue' }
  | { type: 'pause' }
  | { type: 'complete'; progress: Progress }
  | { type: 'succeed'; result: UploadResult; duration?: number | undefined }
  /** `isDamaged`: nothing is stored, although OSS has acknowledged it. */
  | { type: 'fail'; error: UploadError; isDamaged?: boolean }
  | { type: 'cancel'; mayBeStored?: boolean | undefined }
  /** Cancelling is undone, or OSS had stored the object already. */
  | { type: 'undo-cancel'; state: UploadState }
  /** The upload was cancelled after all bytes were sent. OSS is asked whether it has stored the object. */
  | { type: 'settle' }
  /** A checkpoint was attached to an upload that has not started. */
  | { type: 'adopt'; progress: Progress }
  /** The file of a resumable upload was selected again. */
  | { type: 'file-attached' }
  /** The file of a resumable upload can't be opened without a file picker. */
  | { type: 'file-unavailable' }
  /** The reopened file isn't the file that the upload started with. */
  | { type: 'file-rejected'; error: UploadError }
  /** The page prevented the start. */
  | { type: 'start-prevented' }
  /** The server has fewer parts than expected. The missing parts are sent again. */
  | { type: 'restart' }
  /** A failed upload, which may have been paused since, starts again without its stored parts, because the file has changed. `total`: bytes. */
  | { type: 'start-over'; total: number };

/** Returns the progress of an upload that has sent nothing. @param total bytes */
export function noProgress(total: number): Progress {
  return progressOf(0, 0, total);
}

/** Returns the progress after `loaded` of `total` bytes, of which OSS has acknowledged `stored`. */
export function progressOf(loaded: number, stored: number, total: number): Progress {
  return { loaded, stored, total, ratio: total === 0 ? 0 : loaded / total };
}

/** Whether requests are in flight or about to be sent. */
export function isActive(state: UploadState): boolean {
  switch (state.status) {
    case 'preparing':
    case 'uploading':
    case 'waiting':
    case 'completing':
      return true;
    case 'ready':
    case 'paused':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'resumable':
      return false;
    default:
      return state satisfies never;
  }
}

/** Whether the upload starts, resumes or retries as soon as another one ends. */
export function isQueued(state: UploadState): boolean {
  return 'queued' in state && state.queued;
}

/** Whether the upload waits for the network to come back. */
export function isWaitingForNetwork(state: UploadState): boolean {
  return state.status === 'waiting' && state.reason === 'offline';
}

/** Returns the state of an upload after it was stopped, without losing what is stored. */
export function stoppedState(state: UploadState): UploadState {
  if ('queued' in state) return { ...state, queued: false };
  if (!isActive(state)) return state;
  return { status: 'paused', progress: storedOf(state.progress), queued: false };
}

/** Returns the state after an event. Late or impossible events leave the state object unchanged. */
export function reduce(state: UploadState, event: UploadEvent): UploadState {
  const { progress } = state;
  switch (event.type) {
    case 'enqueue':
      return 'queued' in state && !state.queued ? { ...state, queued: true } : state;
    case 'start':
      switch (state.status) {
        case 'ready':
        case 'paused':
        case 'failed':
          return { status: 'preparing', progress: withoutRate(progress) };
        case 'cancelled':
          return { status: 'preparing', progress: noProgress(progress.total) };
        default:
          return state;
      }
    case 'send':
      return state.status === 'preparing'
        ? { status: 'uploading', progress: neverLess(progress, event.progress) }
        : state;
    case 'progress':
      return state.status === 'uploading'
        ? { ...state, progress: neverLess(progress, event.progress) }
        : state;
    case 'wait': {
      const during = phaseOf(state);
      if (!during) return state;
      const { reason, until, error } = event;
      return { status: 'waiting', progress: withoutRate(progress), during, reason, until, error };
    }
    case 'continue':
      return state.status === 'waiting' ? { status: state.during, progress } : state;
    case 'pause':
      return isQueued(state) || (isActive(state) && phaseOf(state) !== 'completing')
        ? { status: 'paused', progress: storedOf(progress), queued: false }
        : state;
    case 'complete':
      return phaseOf(state) ? { status: 'completing', progress: neverLess(progress, event.progress) } : state;
    case 'succeed':
      return isActive(state)
        ? {
            status: 'succeeded',
            progress: { ...progressOf(progress.total, progress.total, progress.total), ratio: 1 },
            result: event.result,
            ...(event.duration !== undefined && { duration: event.duration }),
          }
        : state;
    case 'fail':
      return isActive(state) || state.status === 'ready'
        ? {
            status: 'failed',
            progress: event.isDamaged ? noProgress(progress.total) : storedOf(progress),
            error: event.error,
            queued: false,
          }
        : state;
    case 'cancel':
      switch (state.status) {
        case 'succeeded':
          return state;
        case 'cancelled':
          return event.mayBeStored && !state.mayBeStored ? { ...state, mayBeStored: true } : state;
        default:
          return {
            status: 'cancelled',
            progress: withoutRate(progress),
            ...(event.mayBeStored && { mayBeStored: true }),
          };
      }
    case 'undo-cancel':
      return state.status === 'cancelled' ? event.state : state;
    case 'settle':
      return canSettle(state) ? { status: 'completing', progress: withoutRate(progress) } : state;
    case 'adopt':
      return state.status === 'ready' ? { status: 'paused', progress: event.progress, queued: false } : state;
    case 'file-attached':
      return state.status === 'resumable' ? { status: 'paused', progress, queued: false } : state;
    case 'file-unavailable':
      return state.status === 'resumable' ? { ...state, reopenable: false } : state;
    case 'file-rejected':
      return state.status === 'resumable'
        ? { status: 'failed', progress, error: event.error, queued: false }
        : state;
    case 'start-prevented':
      return state.status === 'preparing'
        ? { status: progress.loaded > 0 ? 'paused' : 'ready', progress, queued: false }
        : state;
    case 'restart':
      return phaseOf(state) ? { status: 'preparing', progress: noProgress(progress.total) } : state;
    case 'start-over':
      return state.status === 'failed' || state.status === 'paused'
        ? { status: 'preparing', progress: noProgress(event.total) }
        : state;
    default:
      return event satisfies never;
  }
}

/** Whether OSS may have stored the object in this state. */
function canSettle({ status }: UploadState): boolean {
  return ['preparing', 'uploading', 'waiting', 'paused', 'failed'].includes(status);
}

function phaseOf(state: UploadState): Phase | undefined {
  switch (state.status) {
    case 'preparing':
    case 'uploading':
    case 'completing':
      return state.status;
    case 'waiting':
      return state.during;
    default:
      return undefined;
  }
}

/** Lost bytes are sent again. Meanwhile the progress bar stops instead of moving backwards. */
function neverLess(from: Progress, to: Progress): Progress {
  if (to.loaded >= from.loaded) return to;
  return { ...to, loaded: from.loaded, ratio: from.ratio };
}

/** Bytes in flight are lost when an upload stops. */
function storedOf({ stored, total }: Progress): Progress {
  return progressOf(stored, stored, total);
}

function withoutRate({ loaded, stored, total, ratio }: Progress): Progress {
  return { loaded, stored, total, ratio };
}
