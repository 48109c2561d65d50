/** Makes the browser ask for confirmation before the user leaves the page during an upload. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { listen, windowOf } from './document.js';

export class BeforeUnloadController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #isNeeded: () => boolean;
  #unlisten: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    // A `beforeunload` listener disables the back/forward cache in some browsers, so it is added only when needed.
    if (!this.#host.isConnected || !this.#isNeeded()) this.hostDisconnected();
    else this.#unlisten ??= listen(windowOf(this.#host), ['beforeunload'], this.#onLeave);
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
  }

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (!this.#isNeeded()) return;
    event.preventDefault();
    // Required by Chrome before version 119.
    event.returnValue = true; // eslint-disable-line @typescript-eslint/no-deprecated
  };
}
