/** What many uploads come to, counted in one go. Pure. */

import { isActive, type Progress, type Uploader, type UploadState } from '../core/index.js';

export interface UploadSummary {
  /** All but those that wait for their file, or were given up. */
  count: number;
  ready: number;
  /** Begins or goes on by itself as soon as there is room. */
  queued: number;
  active: number;
  waiting: number;
  waitingForNetwork: number;
  completing: number;
  paused: number;
  failed: number;
  succeeded: number;
  /** What has arrived of files that are not stored yet. */
  bytesAtStake: number;
  progress: Progress;
}

export function summarize(uploader: Uploader): UploadSummary {
  const { uploads, progress } = uploader;
  const summary: UploadSummary = {
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
    progress,
  };
  for (const upload of uploads) {
    const { state } = upload;
    if (state.status === 'cancelled' || state.status === 'resumable') continue;
    summary.count++;
    if (state.status !== 'succeeded') summary.bytesAtStake += state.progress.loaded;
    if (isActive(state)) summary.active++;
    if (uploader.isQueued(upload)) summary.queued++;
    else if (state.status === 'ready' || state.status === 'paused' || state.status === 'failed') {
      summary[state.status]++;
    }
    if (state.status === 'waiting') {
      summary.waiting++;
      if (waitsForNetwork(state)) summary.waitingForNetwork++;
    } else if (state.status === 'completing' || state.status === 'succeeded') {
      summary[state.status]++;
    }
  }
  return summary;
}

export function waitsForNetwork(state: UploadState): boolean {
  return state.status === 'waiting' && state.reason === 'offline';
}

/** Whether anything is under way, or will be by itself. */
export function isBusy({ active, queued }: UploadSummary): boolean {
  return active + queued > 0;
}

/** The one that is counted, where there is no other. */
export function isSingle({ count }: UploadSummary): boolean {
  return count <= 1;
}

/** What is still to be uploaded, one way or another. */
export function unfinished({ count, succeeded }: UploadSummary): number {
  return count - succeeded;
}
