// What a page is told to do in one visit, and what it tells of it. Types alone: shared by lane.ts and the page.
import type { UploadErrorCode } from '../../src/core/errors.js';
import type { Step } from './schedule.js';

export interface Task {
  seed: number;
  bucket: string;
  key: string;
  endpoint: string;
  parallel: number;
  overwrite: boolean;
  /** Milliseconds. */
  patience: number;
  /** How far the device's clock is ahead, in milliseconds. */
  skew: number;
  file: { name: string; type: string; lastModified: number };
  /** What happens in each visit. */
  visits: Step[][];
}

/** Times in milliseconds since 1970, by the one clock of this machine. */
export interface VisitReport {
  seed: number;
  /** From 0. */
  visit: number;
  /** When the upload began, was resumed or tried again: whatever OSS had by then must not be sent again. */
  beganAt: number[];
  /** Parts of which the page learnt that they have arrived, as OSS answered. */
  heard: { number: number; uploadId: string; at: number }[];
  /** What the page handed to the browser to be sent. */
  sent: SentRequest[];
  retries: number;
  pauses: number;
  /** Absent where the page was left before. */
  outcome?: Outcome;
}

export interface SentRequest {
  operation: 'UploadPart' | 'ListParts' | 'other';
  partNumber?: number;
  uploadId?: string;
  at: number;
  /** All bytes had left, as far as the browser told. */
  allSent: boolean;
  /** 0 where no answer came; absent while none has come. */
  status?: number;
  endedAt?: number;
  aborted: boolean;
}

export type Outcome =
  | { status: 'succeeded'; verified: boolean; unverifiedReason?: string }
  | { status: 'failed'; code: UploadErrorCode; message: string };

/** What the page asks of the world around it while it works. */
export type Wish = { seed: number } & (
  { wish: 'mend'; error: { code: UploadErrorCode; message: string } } | { wish: 'network'; there: boolean }
);
