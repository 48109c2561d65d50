/**
 * The order of the rows in a list: failed files first, then active ones, then the other unfinished ones, each in the order
 * in which they were added. The uploaded ones are at the end. Pure.
 */

import { isActive, isQueued, type Upload, type UploadState } from '../core/index.js';

/** Shorter lists keep the order in which the files were added, and show all of them. */
export const MAX_UNORDERED = 5;

/** Of longer lists, only the visible part is rendered, once a frame at most. */
const MAX_PLAIN_LIST = 50;

export type Group = 'failed' | 'active' | 'unfinished' | 'uploaded';

/** The rows of a list, in order. */
export interface ListOrder {
  rows: readonly Upload[];
  /** Uploaded files, which are collapsed into one line. */
  uploaded: readonly Upload[];
}

/** Whether a list is too long to be rendered as a whole at every change. */
export function isLong(rows: readonly unknown[]): boolean {
  return rows.length > MAX_PLAIN_LIST;
}

export function groupOf(state: UploadState): Group {
  if (isQueued(state)) return 'unfinished';
  if (isActive(state)) return 'active';
  if (state.status === 'failed') return 'failed';
  return state.status === 'succeeded' ? 'uploaded' : 'unfinished';
}

export function groupUploads(
  uploads: readonly Upload[],
  getGroup: (state: UploadState, upload: Upload) => Group,
): Record<Group, Upload[]> {
  const groups: Record<Group, Upload[]> = { failed: [], active: [], unfinished: [], uploaded: [] };
  for (const upload of uploads) groups[getGroup(upload.state, upload)].push(upload);
  return groups;
}
