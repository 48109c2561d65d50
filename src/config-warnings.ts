/** The only place that writes to the console: faults of a page's set-up, each of them once. */

import { errorTexts } from './core/index.js';
import type { OssResumableUpload } from './oss-resumable-upload.js';
import { validateConfig } from './config.js';

export class ConfigWarnings {
  readonly #logged = new Set<string>();

  log(element: OssResumableUpload): void {
    for (const { message, hint } of validateConfig(element, errorTexts)) {
      // Several errors have the same message; the hint tells them apart.
      if (this.#logged.has(hint)) continue;
      this.#logged.add(hint);
      // eslint-disable-next-line no-console -- meant for whoever builds the page
      console.error(`<${element.localName}> ${message} ${hint}`);
    }
  }
}
