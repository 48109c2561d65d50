/** Which actions an upload, or the list as a whole, offers in each state. Pure. */

import {
  isQueued,
  unfinishedCount,
  type Upload,
  type UploadCounts,
  type UploadState,
} from '../core/index.js';

/** What a button does. Actions that share a meaning differ in their label or place. */
export type UploadAction =
  | 'upload'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'try-now'
  | 'cancel'
  | 'remove'
  | 'remove-from-list'
  | 'choose'
  | 'choose-again'
  | 'discard'
  /** Brings back cancelled uploads or a removed file. */
  | 'undo'
  | 'replace'
  | 'copy-key'
  /** Uploads the wrong file that was selected for a resumable upload. */
  | 'upload-instead'
  | 'clear'
  /** The buttons of the confirmation before an upload is discarded. */
  | 'keep'
  | 'confirm';

/** The result of copying the key of an upload, which its row shows. */
export interface CopiedKey {
  upload: Upload;
  /** Whether the browser has allowed it. If not, the user can select the key. */
  isCopied: boolean;
}

/**
 * Returns the actions of one upload, the main one first.
 *
 * @param isOnly whether the list may contain only one file
 */
export function rowActions(state: UploadState, isOnly: boolean): UploadAction[] {
  if (isQueued(state)) return ['pause', state.status === 'paused' ? 'cancel' : 'remove'];
  switch (state.status) {
    case 'ready':
      return ['upload', 'remove'];
    case 'preparing':
    case 'uploading':
      return ['pause', 'cancel'];
    case 'waiting': {
      // A file that is being completed can't be paused.
      const pause: UploadAction[] = state.during === 'completing' ? [] : ['pause'];
      switch (state.reason) {
        case 'offline':
          return [...pause, 'cancel'];
        case 'retry':
          return ['try-now', ...pause, 'cancel'];
        case 'other-tab':
          return ['cancel'];
        default:
          return state.reason satisfies never;
      }
    }
    case 'paused':
      return ['resume', 'cancel'];
    case 'completing':
    case 'cancelled':
      return [];
    case 'succeeded':
      return isOnly ? ['replace', 'copy-key', 'remove-from-list'] : ['copy-key', 'remove-from-list'];
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

/**
 * Returns the actions for all uploads together: one that continues them, and one that ends them. Each button acts only on
 * the files that its label applies to. A mixed list is therefore finished step by step: Resume all, Upload all, Pause all,
 * and at the end Retry all.
 *
 * @param failedOnly whether the list shows only failed files, so that they can be retried while others are uploading
 */
export function bulkActions(counts: UploadCounts, failedOnly = false): UploadAction[] {
  if (failedOnly) return ['retry'];
  const actions: UploadAction[] = [];
  const main = mainAction(counts);
  if (main) actions.push(main);
  if (unfinishedCount(counts) > 0) actions.push('cancel');
  else if (counts.succeeded > 0) actions.push('clear');
  return actions;
}

function mainAction(counts: UploadCounts): UploadAction | undefined {
  const { ready, active, queued, completing, paused, failed } = counts;
  // A file that is being completed can't be paused.
  const canPause = active + queued > completing;
  if (paused > 0 && !canPause) return 'resume';
  if (ready > 0) return 'upload';
  if (canPause) return 'pause';
  return failed > 0 ? 'retry' : undefined;
}
