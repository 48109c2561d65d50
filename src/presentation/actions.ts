/** Which actions an upload, or the list as a whole, offers in each state. Pure. */

import { isBusy, isQueued, unfinishedCount, type UploadCounts, type UploadState } from '../core/index.js';

/** What a button does. Actions that share a meaning differ in their label or place. */
export type UploadAction =
  | 'upload'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'try-now'
  | 'cancel'
  | 'remove'
  | 'choose'
  | 'choose-again'
  | 'discard'
  /** Uploads the wrong file that was selected for a resumable upload. */
  | 'upload-instead'
  | 'clear'
  /** The buttons of the confirmation before an upload is discarded. */
  | 'keep'
  | 'confirm';

/** Returns the actions of one upload, the main one first. */
export function rowActions(state: UploadState): UploadAction[] {
  if (isQueued(state)) return ['pause', state.status === 'paused' ? 'cancel' : 'remove'];
  switch (state.status) {
    case 'ready':
      return ['upload', 'remove'];
    case 'preparing':
    case 'uploading':
      return ['pause', 'cancel'];
    case 'waiting':
      switch (state.reason) {
        case 'offline':
          return ['pause', 'cancel'];
        case 'retry':
          return ['try-now', 'pause', 'cancel'];
        case 'other-tab':
          return ['cancel'];
        default:
          return state.reason satisfies never;
      }
    case 'paused':
      return ['resume', 'cancel'];
    case 'completing':
    case 'cancelled':
      return [];
    case 'succeeded':
      return ['remove'];
    case 'failed':
      return state.error.code === 'file-unreadable'
        ? ['retry', 'choose-again', 'remove']
        : ['retry', 'remove'];
    case 'resumable':
      return [state.reopenable ? 'resume' : 'choose', 'discard'];
    default:
      return state satisfies never;
  }
}

/** Returns the actions for all uploads together, the main one first. */
export function bulkActions(counts: UploadCounts): UploadAction[] {
  const { ready, paused, failed, succeeded } = counts;
  const actions: UploadAction[] = [];
  if (isBusy(counts)) actions.push('pause');
  if (paused > 0) actions.push('resume');
  if (ready > 0) actions.push('upload');
  if (failed > 0 && !isBusy(counts)) actions.push('retry');
  if (unfinishedCount(counts) > 0) actions.push('cancel');
  else if (succeeded > 0) actions.push('clear');
  return actions;
}
