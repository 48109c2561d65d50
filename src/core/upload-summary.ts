/**
 * Counts and totals over many uploads. Updated in constant time for each event, so that thousands of files cost no more
 * than one.
 */

import {
  isActive,
  isQueued,
  isWaitingForNetwork,
  progressOf,
  type Progress,
  type UploadState,
} from './upload-state.js';

/** Number of uploads by state. Cancelled and resumable uploads are not counted. */
export interface UploadCounts {
  count: number;
  /** Not started and not queued. */
  ready: number;
  /** Starts, resumes or retries when another upload ends. */
  queued: number;
  active: number;
  waiting: number;
  waitingForNetwork: number;
  /** Including those that wait meanwhile. */
  completing: number;
  /** Not queued. */
  paused: number;
  /** Not queued. */
  failed: number;
  succeeded: number;
  /** Stored bytes of unfinished files. */
  bytesAtStake: number;
}

export interface UploadSummary extends UploadCounts {
  progress: Progress;
}

/** Keeps the counts of a changing set of uploads. */
export class SummaryCounter {
  readonly #states = new Map<string, UploadState>();
  readonly #counts: UploadCounts = noCounts();
  readonly #all = noBytes();
  readonly #pending = noBytes();

  /** Replaces the state that is counted for an upload. `undefined` removes the upload. */
  update(id: string, state: UploadState | undefined): void {
    const known = this.#states.get(id);
    if (known) this.#add(known, -1);
    if (state) {
      this.#states.set(id, state);
      this.#add(state, 1);
    } else {
      this.#states.delete(id);
    }
  }

  /** Returns the counted progress of an upload, or `undefined` if it isn't known. */
  progressOf(id: string): Progress | undefined {
    return this.#states.get(id)?.progress;
  }

  get counts(): UploadCounts {
    return { ...this.#counts };
  }

  /** Progress of all uploads, without throughput, which the counter doesn't know. */
  get progress(): Progress {
    return toProgress(this.#all);
  }

  /** The same of active and queued uploads. */
  get pending(): Progress {
    return toProgress(this.#pending);
  }

  #add(state: UploadState, sign: 1 | -1): void {
    if (!isCounted(state)) return;
    const counts = this.#counts;
    const { status, progress } = state;
    counts.count += sign;
    addBytes(this.#all, progress, sign);
    if (isActive(state) || isQueued(state)) addBytes(this.#pending, progress, sign);
    if (status !== 'succeeded') counts.bytesAtStake += sign * progress.stored;
    if (isActive(state)) counts.active += sign;
    if (isWaitingForNetwork(state)) counts.waitingForNetwork += sign;
    if (isQueued(state)) counts.queued += sign;
    else if (status !== 'preparing' && status !== 'uploading') counts[status] += sign;
    if (status === 'waiting' && state.during === 'completing') counts.completing += sign;
  }
}

/** Whether any upload is active or queued. */
export function isBusy({ active, queued }: UploadCounts): boolean {
  return active + queued > 0;
}

/** Whether there is at most one upload. */
export function isSingle({ count }: UploadCounts): boolean {
  return count <= 1;
}

/** Returns the number of uploads that have not succeeded. */
export function unfinishedCount({ count, succeeded }: UploadCounts): number {
  return count - succeeded;
}

type CountedState = Exclude<UploadState, { status: 'cancelled' | 'resumable' }>;

function isCounted(state: UploadState): state is CountedState {
  return state.status !== 'cancelled' && state.status !== 'resumable';
}

type Bytes = Pick<Progress, 'loaded' | 'stored' | 'total'>;

function noBytes(): Bytes {
  return { loaded: 0, stored: 0, total: 0 };
}

function addBytes(sum: Bytes, { loaded, stored, total }: Progress, sign: 1 | -1): void {
  sum.loaded += sign * loaded;
  sum.stored += sign * stored;
  sum.total += sign * total;
}

function toProgress({ loaded, stored, total }: Bytes): Progress {
  return progressOf(loaded, stored, total);
}

function noCounts(): UploadCounts {
  return {
    count: 0,
    ready: 0,
    queued: 0,
    active: 0,
    waiting: 0,
    waitingForNetwork: 0,
    completing: 0,
    paused: 0,
    failed: 0,
    succeeded: 0,
    bytesAtStake: 0,
  };
}
