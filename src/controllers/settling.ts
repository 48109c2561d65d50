/**
 * Tells when the page has set up the element. Before, its scripts may still set properties, and a framework may compare the
 * attributes with those that its server has rendered.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isPageSettled, whenPageSettled } from '../page-settled.js';
import { listen } from './document.js';

/** How long a framework may take to hydrate the tag after the page has settled, in milliseconds. */
const HYDRATION_TIME = 1_000;

export class SettlingController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  /** Whether the tag was in the page before the element was defined. If a server has rendered it, it will be hydrated. */
  readonly #isUpgraded: boolean;
  #isSettled = false;
  #unlisten: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#isUpgraded = host.isConnected;
    host.addController(this);
  }

  /** Whether the page has settled, or the user has turned to the element. The host updates when this changes. */
  get isSettled(): boolean {
    return this.#isSettled || (!this.#isUpgraded && isPageSettled());
  }

  /** Whether a framework may still hydrate the element. */
  get mayHydrate(): boolean {
    return this.#isUpgraded && !this.#isSettled;
  }

  hostConnected(): void {
    if (this.isSettled) return;
    this.#unlisten ??= listen(this.#host, ['pointerover', 'focusin', 'dragenter'], this.#settle);
    void whenPageSettled().then(() => {
      if (this.#isUpgraded) setTimeout(this.#settle, HYDRATION_TIME);
      else this.#settle();
    });
  }

  readonly #settle = (): void => {
    if (!this.#host.isConnected) return;
    this.#isSettled = true;
    this.#unlisten?.();
    this.#host.requestUpdate();
  };
}
