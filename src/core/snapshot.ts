/**
 * Uploads as plain data that supports structured clone, for example to send it from a worker to a page. Commands take
 * IDs, so the page can send those back; see {@link Uploader}.
 */

import type { Checkpoint } from './checkpoints/checkpoint.js';
import type { UploadErrorCode } from './error-codes.js';
import type { UploadError } from './errors.js';
import type { Upload } from './upload.js';
import type { UploadState } from './upload-state.js';

/** An {@link UploadError} as plain data, without its cause. */
export interface UploadErrorData {
  code: UploadErrorCode;
  message: string;
  hint: string;
  retryable: boolean;
  status: number | undefined;
  ossCode: string | undefined;
  requestId: string | undefined;
  retryAfter: number | undefined;
  values: Readonly<Record<string, string>>;
}

/** The state of an upload with its error as plain data. */
export type UploadStateSnapshot =
  | Exclude<UploadState, { status: 'waiting' | 'failed' }>
  | (Omit<Extract<UploadState, { status: 'waiting' }>, 'error'> & { error?: UploadErrorData })
  | (Omit<Extract<UploadState, { status: 'failed' }>, 'error'> & { error: UploadErrorData });

/** An upload as plain data. */
export interface UploadSnapshot {
  id: string;
  fileName: string;
  /** Bytes. `undefined` for a stored file whose size is unknown. */
  fileSize: number | undefined;
  /** Object key. */
  key: string;
  state: UploadStateSnapshot;
  /** Without the file. `undefined` before OSS has assigned an upload ID. */
  checkpoint: Omit<Checkpoint, 'file'> | undefined;
}

/**
 * Returns the current state of an upload as plain data.
 *
 * @example
 * uploader.subscribe(({ type, upload }) => port.postMessage({ type, upload: snapshotOf(upload) }));
 */
export function snapshotOf({ id, fileName, fileSize, key, state, checkpoint }: Upload): UploadSnapshot {
  return {
    id,
    fileName,
    fileSize,
    key,
    state: stateSnapshotOf(state),
    checkpoint: checkpoint && withoutFile(checkpoint),
  };
}

function stateSnapshotOf(state: UploadState): UploadStateSnapshot {
  switch (state.status) {
    case 'failed':
      return { ...state, error: errorDataOf(state.error) };
    case 'waiting': {
      const { error, ...rest } = state;
      return error ? { ...rest, error: errorDataOf(error) } : rest;
    }
    default:
      return state;
  }
}

function errorDataOf(error: UploadError): UploadErrorData {
  const { code, message, hint, retryable, status, ossCode, requestId, retryAfter, values } = error;
  return { code, message, hint, retryable, status, ossCode, requestId, retryAfter, values };
}

function withoutFile({
  name,
  fileSize,
  partSize,
  uploadId,
  doneParts,
}: Checkpoint): Omit<Checkpoint, 'file'> {
  return { name, fileSize, partSize, uploadId, doneParts };
}
