// Messages between schedule-runner.ts and the page. Types only.
import type { UploadErrorCode } from '../../src/core/errors.js';
import type { UploadCallback } from '../../src/core/ports.js';
import type { StorageFault, Step } from './schedule.js';

/** What the page has to upload, and how. */
export interface Task {
  seed: number;
  bucket: string;
  endpoint: string;
  parallel: number;
  overwrite: boolean;
  /** The timeout for a stalled transfer and for a response, in milliseconds. */
  requestTimeout: number;
  /** How far the device's clock is ahead of the server's, in milliseconds. */
  clockSkew: number;
  callback: UploadCallback | undefined;
  mutesProgress: boolean;
  usesServiceWorker: boolean;
  usesElement: boolean;
  /** Uploads that the page starts at the same time, each with its own engine. The steps apply to the first one. */
  uploads: UploadTask[];
  /** How many other small files the page uploads first, in each visit. */
  firstFiles: number;
  visits: VisitTask[];
}

export interface UploadTask {
  key: string;
  /** Where the page fetches the bytes of the file. */
  fileUrl: string;
  /** The start of the keys of the files that the page uploads first. */
  firstKey: string;
}

export interface VisitTask {
  steps: Step[];
  /** The properties with which all files are selected in this visit. */
  file: { name: string; type: string; lastModified: number };
  storageFault: StorageFault | undefined;
}

/** What happened during one visit. Times in milliseconds since 1970; the server on this machine uses the same clock. */
export interface VisitReport {
  seed: number;
  /** The index of the visit, from 0. */
  visit: number;
  begunAt: number;
  /** When the page was unloaded. */
  endedAt: number;
  /** When IndexedDB stopped answering. Absent if it didn't. */
  silentAt?: number;
  /** When the first upload was started, resumed or retried. Parts that OSS had by then must not be sent again. */
  startedAt: number[];
  /** Parts whose successful response reached the page. */
  acknowledged: AcknowledgedPart[];
  /** Requests that the page passed to the browser. */
  sent: SentRequest[];
  retries: number;
  pauses: number;
  /** How often the element was removed and put back. */
  removals: number;
  /** Of all uploads. Absent if the page reloaded before all of them ended. */
  outcomes?: Outcome[];
}

export interface AcknowledgedPart {
  number: number;
  uploadId: string;
  at: number;
}

export interface SentRequest {
  operation: 'UploadPart' | 'ListParts' | 'PutObject' | 'PostObject' | 'HeadObject' | 'other';
  key: string;
  partNumber?: number | undefined;
  uploadId?: string | undefined;
  at: number;
  /** Whether the browser reported the whole body as sent. Never for a form, whose progress the page can't observe. */
  bodySent: boolean;
  /** 0 if the request failed without a response; absent while it is pending. */
  status?: number;
  endedAt?: number;
  aborted: boolean;
}

export type Outcome =
  | {
      status: 'succeeded';
      verified: boolean;
      unverifiedReason?: string | undefined;
      /** Whether the object had been stored before, so that nothing was sent. */
      reused?: boolean | undefined;
    }
  | { status: 'failed'; code: UploadErrorCode; message: string };

/** A request of the page to the runner during a visit. */
export type ControlRequest = { seed: number } & (
  | { type: 'remove-cause'; error: { code: UploadErrorCode; message: string } }
  | { type: 'set-online'; online: boolean }
);
