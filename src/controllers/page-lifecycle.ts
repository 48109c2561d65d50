/** Hears when the browser puts the page to sleep, and wakes it: in the back/forward cache, or frozen in the background. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class PageLifecycleController implements ReactiveController {
  readonly #onSleep: () => () => void;
  #wake?: () => void;

  /** @param onSleep called when the page falls asleep; returns what to do when it wakes */
  constructor(host: ReactiveControllerHost, onSleep: () => () => void) {
    this.#onSleep = onSleep;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('pageshow', this.#onWake);
    document.addEventListener('freeze', this.#onFreeze);
    document.addEventListener('resume', this.#onWake);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('pageshow', this.#onWake);
    document.removeEventListener('freeze', this.#onFreeze);
    document.removeEventListener('resume', this.#onWake);
    this.#wake = undefined;
  }

  readonly #onPageHide = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#onFreeze();
  };

  // A page may be hidden and then frozen: it falls asleep once.
  readonly #onFreeze = (): void => {
    this.#wake ??= this.#onSleep();
  };

  readonly #onWake = (): void => {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  };
}
