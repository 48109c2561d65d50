/** How many files the list takes, and which of them a new file may replace. Pure. */

import { isActive, type Upload, type UploadState } from './core/index.js';
import type { Restrictions } from './restrictions.js';

/** Whether another file can be added, or can replace the current one. */
export function hasRoom(
  list: { readonly uploads: readonly Upload[] },
  { multiple, maxFiles }: Restrictions,
): boolean {
  if (!multiple) return !list.uploads.some(({ state }) => isActive(state) || state.status === 'paused');
  if (maxFiles === Infinity) return true;
  return list.uploads.filter(({ state }) => countsTowardsLimit(state)).length < maxFiles;
}

/** Whether a new upload may replace this one. An unfinished upload with stored parts is never replaced. */
export function isReplaceable({ state, checkpoint }: Upload): boolean {
  switch (state.status) {
    case 'ready':
    case 'succeeded':
    case 'cancelled':
      return true;
    case 'failed':
      return checkpoint === undefined;
    case 'preparing':
    case 'uploading':
    case 'waiting':
    case 'paused':
    case 'completing':
    case 'resumable':
      return false;
    default:
      return state satisfies never;
  }
}

function countsTowardsLimit({ status }: UploadState): boolean {
  return status !== 'cancelled' && status !== 'resumable';
}
