/** The status of the element as a whole. Pure. */

import type { Upload, UploadStatus } from '../core/index.js';

export type ElementStatus = UploadStatus | 'idle';

/** The most important status first. */
const byPriority: readonly UploadStatus[] = [
  'uploading',
  'completing',
  'preparing',
  'waiting',
  'failed',
  'paused',
  'ready',
  'succeeded',
  'resumable',
  'cancelled',
];

/** Returns the most important status of all uploads. */
export function overallStatus(uploads: readonly Upload[]): ElementStatus {
  const present = new Set(uploads.map(({ state }) => state.status));
  return byPriority.find((status) => present.has(status)) ?? 'idle';
}
