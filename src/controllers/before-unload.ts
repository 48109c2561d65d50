/** Has the browser ask before the page is left, as long as that is called for. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class BeforeUnloadController implements ReactiveController {
  readonly #isNeeded: () => boolean;

  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    // A listener that need not be there keeps the page out of the back/forward cache of some browsers.
    if (this.#isNeeded()) addEventListener('beforeunload', this.#onLeave);
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#onLeave);
  }

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (!this.#isNeeded()) return;
    event.preventDefault();
    // Chrome asks without it from 119 on.
    event.returnValue = true;
  };
}
