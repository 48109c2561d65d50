/** Pauses when the browser freezes the page or moves it to the back/forward cache, and resumes afterwards. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class PageLifecycleController implements ReactiveController {
  readonly #onSuspend: () => () => void;
  #resume: (() => void) | undefined;

  /** @param onSuspend called before the page is suspended; returns the function to call when it resumes */
  constructor(host: ReactiveControllerHost, onSuspend: () => () => void) {
    this.#onSuspend = onSuspend;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('pageshow', this.#onResume);
    document.addEventListener('freeze', this.#onFreeze);
    document.addEventListener('resume', this.#onResume);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('pageshow', this.#onResume);
    document.removeEventListener('freeze', this.#onFreeze);
    document.removeEventListener('resume', this.#onResume);
    this.#resume = undefined;
  }

  readonly #onPageHide = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#onFreeze();
  };

  // A page may be hidden and then frozen, but it is suspended once.
  readonly #onFreeze = (): void => {
    this.#resume ??= this.#onSuspend();
  };

  readonly #onResume = (): void => {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  };
}
