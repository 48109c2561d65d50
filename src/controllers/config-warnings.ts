/** Validates the settings and logs errors for the developer. The only module that writes to the console. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { validateConfig, type ElementConfig } from '../config.js';
import type { UploadError } from '../core/index.js';
import { whenPageLoaded } from '../scheduling.js';

export class ConfigWarningsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element & ElementConfig;
  readonly #logged = new Set<string>();
  /** Before, scripts of the page may still set properties. */
  #isPageLoaded = false;

  constructor(host: ReactiveControllerHost & Element & ElementConfig) {
    this.#host = host;
    host.addController(this);
  }

  /** Missing and invalid settings, with English texts. Empty until the page has loaded. */
  get errors(): UploadError[] {
    return this.#isPageLoaded ? validateConfig(this.#host) : [];
  }

  hostConnected(): void {
    void whenPageLoaded().then(() => {
      this.#isPageLoaded = true;
      this.#host.requestUpdate();
    });
  }

  /** Logs each error once. */
  hostUpdated(): void {
    for (const { message, hint } of this.errors) {
      const line = `<${this.#host.localName}> ${message} ${hint}`;
      if (this.#logged.has(line)) continue;
      this.#logged.add(line);
      // eslint-disable-next-line no-console -- for the developer who builds the page
      console.error(line);
    }
  }
}
