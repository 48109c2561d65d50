/** Keeps the focus in the element when the control that has it goes away. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #successors: readonly string[];
  #focused: Element | null = null;

  /** @param successors selectors in the shadow tree, the best one first */
  constructor(host: ReactiveControllerHost & Element, successors: readonly string[]) {
    this.#host = host;
    this.#successors = successors;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    if (!this.#focused || this.#focused.isConnected) return;
    for (const selector of this.#successors) {
      const successor = this.#host.shadowRoot?.querySelector<HTMLElement>(selector);
      if (successor) return successor.focus();
    }
  }
}
