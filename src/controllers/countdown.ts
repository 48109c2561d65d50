/** Renders the element every second while a countdown is shown. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds. */
const SECOND = 1_000;

export class CountdownController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isNeeded: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    if (this.#isNeeded()) this.#timer = setTimeout(() => this.#host.requestUpdate(), SECOND);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
