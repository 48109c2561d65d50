/** Defines `<oss-resumable-upload>` and exports its class and types. */

import { OssResumableUpload } from './oss-resumable-upload.js';

export { UploadError } from './core/errors.js';
export type {
  Checkpoint,
  ErrorTexts,
  FileObjectOptions,
  ObjectKey,
  ObjectOptionsFunction,
  OnCollision,
  Progress,
  StsCredentials,
  Upload,
  UploadCallback,
  UploadErrorCode,
  UploadResult,
  UploadState,
  UploadStatus,
} from './core/index.js';
export type { StoredFileInit } from './stored-files.js';
export type { ElementStatus } from './presentation/overall-status.js';
export type { CredentialsContext, GetCredentials, OssSdk } from './create-uploader.js';
export type * from './events.js';
export type { ValidateFile } from './restrictions.js';
export type { ForgetOptions } from './create-uploader.js';
export { registerLocale } from './i18n/registry.js';
export type { Locale, LocaleSource, Messages, Strings } from './i18n/types.js';
export { OssResumableUpload };

// If the page loads two copies of this package, the first one defines the element.
if (!customElements.get('oss-resumable-upload')) {
  customElements.define('oss-resumable-upload', OssResumableUpload);
}
