/** The only place that writes to the console: faults of a page's set-up, each of them once. */

import { errorTexts } from '../core/index.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import { settingFaults } from './settings.js';

export class DeveloperNotes {
  readonly #told = new Set<string>();

  tell(element: OssResumableUpload): void {
    for (const { message, hint } of settingFaults(element, errorTexts)) {
      if (this.#told.has(message)) continue;
      this.#told.add(message);
      // eslint-disable-next-line no-console -- meant for whoever builds the page
      console.error(`<${element.localName}> ${message} ${hint}`);
    }
  }
}
