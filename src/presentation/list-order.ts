/**
 * The order of the rows in a list: failed files first, then active ones, then the other unfinished ones, each in the order
 * in which they were added. The uploaded ones are at the end. Pure.
 */

import { isActive, isQueued, type Upload, type UploadState } from '../core/index.js';

/** Shorter lists keep the order in which the files were added, and show all of them. */
export const MAX_UNORDERED = 5;

export type Group = 'failed' | 'active' | 'unfinished' | 'uploaded';

/** The rows of a list, in order. */
export interface ListOrder {
  rows: readonly Upload[];
  /** Uploaded files, which are collapsed into one line. */
  uploaded: readonly Upload[];
}

export function groupOf(state: UploadState): Group {
  if (isQueued(state)) return 'unfinished';
  if (isActive(state)) return 'active';
  if (state.status === 'failed') return 'failed';
  return state.status === 'succeeded' ? 'uploaded' : 'unfinished';
}

/** @param failedOnly leaves out all files but the failed ones */
export function arrange(
  uploads: readonly Upload[],
  getGroup: (upload: Upload) => Group,
  failedOnly: boolean,
): ListOrder {
  const byGroup: Record<Group, Upload[]> = { failed: [], active: [], unfinished: [], uploaded: [] };
  for (const upload of uploads) byGroup[getGroup(upload)].push(upload);
  const { failed, active, unfinished, uploaded } = byGroup;
  if (failedOnly) return { rows: failed, uploaded: [] };
  return { rows: [...failed, ...active, ...unfinished], uploaded };
}
