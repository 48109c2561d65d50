/** Logs configuration errors for the developer. The only module that writes to the console. */

import type { UploadError } from './core/index.js';

export class ConfigWarnings {
  readonly #logged = new Set<string>();

  /** Logs each error once. @param tagName of the element that is configured */
  log(tagName: string, errors: readonly UploadError[]): void {
    for (const { message, hint } of errors) {
      const line = `<${tagName}> ${message} ${hint}`;
      if (this.#logged.has(line)) continue;
      this.#logged.add(line);
      // eslint-disable-next-line no-console -- for the developer who builds the page
      console.error(line);
    }
  }
}
