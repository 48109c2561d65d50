/** The upload engine. All I/O goes through the interfaces in ports.ts. */

export type { Checkpoint } from './checkpoints/checkpoint.js';
export { parseByteSize } from './byte-size.js';
export { errorTexts } from './error-texts.js';
export {
  UploadError,
  type ErrorText,
  type ErrorTexts,
  type UploadErrorCode,
  type UploadErrorDetails,
} from './errors.js';
export { isFile, isRecord } from './guards.js';
export type { ObjectKey, OnCollision } from './object-key.js';
export { fillPlaceholders, withoutBidiControls } from './placeholders.js';
export * from './ports.js';
export { ServerClock } from './server-clock.js';
export { snapshotOf, type UploadErrorData, type UploadSnapshot } from './snapshot.js';
export { Upload, type StoredFile, type UploadUpdate } from './upload.js';
export {
  isActive,
  isQueued,
  isWaitingForNetwork,
  type Phase,
  type Progress,
  type StoredObject,
  type UploadResult,
  type UploadState,
  type UploadStatus,
  type WaitReason,
} from './upload-state.js';
export {
  isBusy,
  isSingle,
  unfinishedCount,
  type UploadCounts,
  type UploadSummary,
} from './upload-summary.js';
export {
  Uploader,
  type OptionsSource,
  type Undoable,
  type UploaderEvent,
  type OwnerChange,
  type UploaderOptions,
  type UploaderPorts,
} from './uploader.js';
