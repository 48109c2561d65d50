/** Defines `<oss-resumable-upload>`; exports its class and its types. */

import { OssResumableUpload } from './oss-resumable-upload.js';

export * from './events.js';
export { registerLocale, type Locale, type LocaleSource, type Messages, type Strings } from './localize.js';
export { OssResumableUpload };

// A page may hold two copies: the first one serves.
if (!customElements.get('oss-resumable-upload'))
  customElements.define('oss-resumable-upload', OssResumableUpload);
