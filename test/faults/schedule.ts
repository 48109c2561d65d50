// A fault schedule: the file, the faults and the user's actions. make-schedule.ts derives it from a seed,
// schedule-runner.ts executes the server side, and page/upload-page.ts the page side.
import type { FaultRule } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { UploadErrorCode } from '../../src/core/errors.js';

/** The minimum part size of OSS, in bytes. */
export const PART_SIZE = 100 * 1024;

/** The page's timeout for a stalled transfer and for a response, in milliseconds. */
export const REQUEST_TIMEOUT = 1_200;

/** Fires after that many parts were acknowledged in a visit, after a delay, or when the upload has this status. */
export type Trigger = { parts: number } | { milliseconds: number } | { status: 'completing' };

/** An action of the user, or a change of the network. Durations in milliseconds. */
export type Action =
  | { type: 'pause'; duration: number }
  | { type: 'reload' }
  | { type: 'lose-network'; duration: number }
  /** Only if the page uses the element. It is put back into the same parent or into another one. */
  | { type: 'remove-element'; duration: number; otherParent: boolean }
  /** Only if the page uses the element. It is moved with `moveBefore()`, or removed and put back without a delay. */
  | { type: 'move-element' };

export type Step = Action & { at: Trigger };

/** A fault rule of the emulator without the object key, which depends on the seed. */
export interface ScheduledFault extends Omit<FaultRule, 'match'> {
  operation: Operation | Operation[];
  partNumber?: number | undefined;
}

/** How the credentials endpoint fails. */
export type CredentialsFault = 'error' | 'throttled' | 'reset' | 'cut-off' | 'slow';

export type Permission = 'ListParts' | 'AbortMultipartUpload';

/** A problem that fails the upload with `code` until the runner removes it. */
export type FailureCause =
  | { kind: 'fault'; fault: ScheduledFault; code: UploadErrorCode }
  | { kind: 'credentials'; response: CredentialsResponse; code: UploadErrorCode }
  | { kind: 'cors'; hides: 'ETag' | 'everything'; code: UploadErrorCode }
  /** `sameSize`: the object has as many bytes as the file. */
  | { kind: 'object-exists'; sameSize: boolean; code: 'object-exists' }
  /** The callback to the application server fails. The object is stored, so it needs no further UploadPart. */
  | { kind: 'callback'; failure: CallbackFailure; code: 'callback-failed' }
  | { kind: 'no-permission'; code: 'access-denied' };

/** How a response of the credentials endpoint is wrong. */
export type CredentialsResponse =
  'refused' | 'login-page' | 'incomplete' | 'expired' | 'wrong-secret' | 'foreign';

/** How the application server fails. */
export interface CallbackFailure {
  response: 'error' | 'not-json' | 'reset' | 'none';
  /** Whether it fails once more after the cause was removed. */
  again: boolean;
  /** Whether the first response of OSS that reports the failure is lost. */
  responseLost: boolean;
}

/** A hop in front of OSS that takes whole requests and passes them on over a slow uplink. */
export interface Buffering {
  /** A gateway, or a service worker in front of it. */
  by: 'gateway' | 'service-worker';
  /** The bandwidth of the uplink. A part takes longer than the page's timeout for a response. */
  bytesPerSecond: number;
  /** Whether requests that the page has aborted are still passed on. */
  keepsAbandoned: boolean;
}

/** IndexedDB never answers, from some moment of one visit to its end. */
export interface StorageFault {
  visit: number;
  /** `open`: databases are never opened. `transactions`: transactions neither complete nor abort. */
  silent: 'open' | 'transactions';
  from: 'start' | Trigger;
}

/** Further engines or elements in the page that start uploading at the same time. */
export interface Companions {
  /** The same file to the same key, or a different file to a different key each. */
  file: 'same' | 'other';
  count: number;
}

/** How the file of a later visit differs from that of the first, although its bytes are the same. */
export type Reselection = 'other-date' | 'decomposed-name';

/** Situations in addition to the faults. draw-conditions.ts and draw-form.ts draw them. */
export interface Conditions {
  buffering: Buffering | undefined;
  /** Whether the browser fires no upload progress events. */
  mutesProgress: boolean;
  storageFault: StorageFault | undefined;
  companions: Companions | undefined;
  /** Whether an object with the same bytes exists under the key. */
  isStoredAlready: boolean;
  reselection: Reselection | undefined;
  /** Whether the page uses the element instead of the engine alone. */
  usesElement: boolean;
  /**
   * How many other small files the page uploads first. After one, it sends the file of the schedule as a form. After two,
   * it has already sent a form.
   */
  firstFiles: number;
}

/** The location of redirect faults: the runner replaces it by the URL of its captive portal. */
export const PORTAL = 'portal:';

export interface Schedule extends Conditions {
  seed: number;
  /** In bytes. */
  size: number;
  parallel: number;
  overwrite: boolean;
  faults: ScheduledFault[];
  /** Numbers of the parts that the server drops after acknowledging them. */
  lostParts: number[];
  /** Permissions that the credentials don't grant. */
  deniedPermissions: Permission[];
  /** How far the device's clock is ahead of the server's, in milliseconds. */
  clockSkew: number;
  /** The lifetime of STS tokens in milliseconds; `undefined` if they outlive the upload. */
  tokenLifetime: number | undefined;
  /** The bandwidth of the network; 0 if it is not limited. */
  bytesPerSecond: number;
  /** The number of credentials requests that succeed first, and the faults of the following ones. */
  credentials: { skip: number; faults: CredentialsFault[] };
  /** The steps of each visit to the page. Every visit except the last ends with a reload. */
  visits: Step[][];
  cause: FailureCause | undefined;
}

/** The number of consecutive failures that an upload retries by default. No request is hit by more faults than this. */
export const MAX_FAULTS = 5;

/** Returns the number of parts of a file of this size. */
export const countParts = (size: number): number => Math.max(1, Math.ceil(size / PART_SIZE));

/** Returns whether a file of this size is uploaded in a single request: PutObject or PostObject. */
export const isSingleRequest = (size: number): boolean => size <= PART_SIZE;
