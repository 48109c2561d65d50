/**
 * The states of one upload and the only place where one becomes another. Pure.
 */

import type { UploadError } from './errors.js';

export interface Progress {
  /** Bytes that have left for OSS; never falls while an upload goes on. */
  loaded: number;
  /** Bytes of the file. */
  total: number;
  /** 0 to 1. */
  ratio: number;
  /** `undefined` while it can't be told. */
  bytesPerSecond?: number;
  /** `undefined` while it can't be told. */
  secondsLeft?: number;
}

/** The page can't see `x-oss-hash-crc64ecma`, as the bucket's CORS rule does not expose it; or it asked not to verify. */
export type UnverifiedReason = 'not-exposed' | 'switched-off';

/** How an upload ended well. */
export interface UploadResult {
  bucket: string;
  key: string;
  etag: string;
  /** The address of the object, without a signature. */
  url: string;
  /** Whether the CRC-64 of the stored object was compared with that of the file, and is the same. */
  verified: boolean;
  /** Why it was not compared; `undefined` where it was. */
  unverifiedReason?: UnverifiedReason;
  /** What the application server answered to OSS, where a callback was asked for. */
  callback?: unknown;
}

/** What an upload waits for. */
export type WaitReason = 'offline' | 'retry' | 'other-tab';

/** The part of the way during which an upload can be made to wait. */
export type Phase = 'preparing' | 'uploading' | 'completing';

export type UploadState =
  /** Picked, not begun. */
  | { status: 'ready'; progress: Progress }
  /** Asks for credentials, loads the SDK, finds out what has arrived. */
  | { status: 'preparing'; progress: Progress }
  | { status: 'uploading'; progress: Progress }
  | {
      status: 'waiting';
      progress: Progress;
      during: Phase;
      reason: WaitReason;
      /** When it goes on by itself, in milliseconds since 1970 by this device. */
      until?: number;
      /** What made it wait. */
      error?: UploadError;
    }
  | { status: 'paused'; progress: Progress }
  /** All bytes are there; OSS puts them together. */
  | { status: 'completing'; progress: Progress }
  | { status: 'succeeded'; progress: Progress; result: UploadResult }
  | { status: 'failed'; progress: Progress; error: UploadError }
  | { status: 'cancelled'; progress: Progress }
  /** Known from an earlier visit; the file itself is still wanted. */
  | { status: 'resumable'; progress: Progress; savedAt: number };

export type UploadStatus = UploadState['status'];

export type UploadEvent =
  | { type: 'start' }
  | { type: 'send'; progress: Progress }
  | { type: 'progress'; progress: Progress }
  | { type: 'wait'; reason: WaitReason; until?: number; error?: UploadError }
  | { type: 'continue' }
  | { type: 'pause' }
  | { type: 'complete'; progress: Progress }
  | { type: 'succeed'; result: UploadResult }
  | { type: 'fail'; error: UploadError }
  | { type: 'cancel' }
  /** The file that was wanted is there. */
  | { type: 'file-attached' }
  /** The page does not want it to begin. */
  | { type: 'start-prevented' }
  /** The server knows less of it than it said, or nothing any more: what is missing is sent anew. */
  | { type: 'restart' };

/** The progress of an upload of which nothing has been sent. @param total bytes */
export function noProgress(total: number): Progress {
  return { loaded: 0, total, ratio: 0 };
}

/** Whether requests are under way, or about to be. */
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

/**
 * What follows from an event. One that comes too late, or is not possible now, changes nothing: the very same state
 * is returned.
 */
export function reduce(state: UploadState, event: UploadEvent): UploadState {
  const { progress } = state;
  switch (event.type) {
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
        ? { status: 'uploading', progress: forward(progress, event.progress) }
        : state;
    case 'progress':
      return state.status === 'uploading' ? { ...state, progress: forward(progress, event.progress) } : state;
    case 'wait': {
      const during = phaseOf(state);
      if (!during) return state;
      const { reason, until, error } = event;
      return { status: 'waiting', progress: withoutRate(progress), during, reason, until, error };
    }
    case 'continue':
      return state.status === 'waiting' ? { status: state.during, progress } : state;
    case 'pause':
      return isActive(state) && phaseOf(state) !== 'completing'
        ? { status: 'paused', progress: withoutRate(progress) }
        : state;
    case 'complete':
      return phaseOf(state) ? { status: 'completing', progress: forward(progress, event.progress) } : state;
    case 'succeed':
      return isActive(state)
        ? {
            status: 'succeeded',
            progress: { loaded: progress.total, total: progress.total, ratio: 1 },
            result: event.result,
          }
        : state;
    case 'fail':
      return isActive(state) || state.status === 'ready'
        ? { status: 'failed', progress: withoutRate(progress), error: event.error }
        : state;
    case 'cancel':
      switch (state.status) {
        case 'succeeded':
        case 'cancelled':
          return state;
        default:
          return { status: 'cancelled', progress: withoutRate(progress) };
      }
    case 'file-attached':
      return state.status === 'resumable' ? { status: 'paused', progress } : state;
    case 'start-prevented':
      return state.status === 'preparing'
        ? { status: progress.loaded > 0 ? 'paused' : 'ready', progress }
        : state;
    case 'restart':
      return phaseOf(state) ? { status: 'preparing', progress: noProgress(progress.total) } : state;
    default:
      return event satisfies never;
  }
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

/** Bytes under way that were lost must be sent again; a person sees the bar stand still, not run backwards. */
function forward(from: Progress, to: Progress): Progress {
  if (to.loaded >= from.loaded) return to;
  return { ...to, loaded: from.loaded, ratio: from.ratio };
}

function withoutRate({ loaded, total, ratio }: Progress): Progress {
  return { loaded, total, ratio };
}
