/** Makes the browser ask for confirmation before the user leaves the page during an upload. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class BeforeUnloadController implements ReactiveController {
  readonly #isNeeded: () => boolean;

  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    // A `beforeunload` listener disables the back/forward cache in some browsers, so it is added only when needed.
    if (this.#isNeeded()) addEventListener('beforeunload', this.#onLeave);
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#onLeave);
  }

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (!this.#isNeeded()) return;
    event.preventDefault();
    // Required by Chrome before version 119.
    event.returnValue = true; // eslint-disable-line @typescript-eslint/no-deprecated
  };
}
