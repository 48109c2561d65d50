/**
 * The engine: everything an upload needs but the world, which comes in by the ports.
 */

export type { Checkpoint } from './checkpoints/checkpoint.js';
export { parseByteSize } from './byte-size.js';
export { errorTexts, type ErrorTexts } from './error-texts.js';
export { UploadError, type ErrorText, type UploadErrorCode, type UploadErrorDetails } from './errors.js';
export { fillPlaceholders } from './placeholders.js';
export type { ObjectKey } from './object-key.js';
export * from './ports.js';
export { ServerClock } from './server-clock.js';
export { Upload, type StoredFile, type UploaderEvent } from './upload.js';
export {
  isActive,
  type Phase,
  type Progress,
  type UploadResult,
  type UploadState,
  type UploadStatus,
  type WaitReason,
} from './upload-state.js';
export { Uploader, type UploaderOptions, type UploaderPorts } from './uploader.js';
