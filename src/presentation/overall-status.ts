/** One status for all files: that of what matters most to whoever looks. Pure. */

import type { Upload, UploadStatus } from '../core/index.js';

export type ElementStatus = UploadStatus | 'idle';

const byWeight: readonly UploadStatus[] = [
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

export const elementStatuses: readonly ElementStatus[] = ['idle', ...byWeight];

export function overallStatus(uploads: readonly Upload[]): ElementStatus {
  const present = new Set(uploads.map(({ state }) => state.status));
  return byWeight.find((status) => present.has(status)) ?? 'idle';
}
