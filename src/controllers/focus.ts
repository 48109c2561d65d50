/** Keeps the focus in the element when the control that has it goes away: near to where it was. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

const CONTROL = 'button:not(:disabled)';

export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #item: string;
  readonly #successors: readonly string[];
  #focused: Element | null = null;
  /** The item that has the focus, and its neighbours. */
  #items: (Element | null | undefined)[] = [];

  /**
   * @param item selector of what is next to each other in a list, and can have the focus itself
   * @param successors selectors of what takes the focus over where no item is near, the best one first
   */
  constructor(host: ReactiveControllerHost & Element, item: string, successors: readonly string[]) {
    this.#host = host;
    this.#item = item;
    this.#successors = successors;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
    const item = this.#focused?.closest(this.#item);
    this.#items = [item, item?.nextElementSibling, item?.previousElementSibling];
  }

  hostUpdated(): void {
    if (!this.#focused || this.#focused.isConnected) return;
    const near = this.#items.find((item) => item?.isConnected);
    const successors = this.#successors.map((selector) => this.#host.shadowRoot?.querySelector(selector));
    const successor = near ? (near.querySelector(CONTROL) ?? near) : successors.find(Boolean);
    (successor as HTMLElement | undefined)?.focus();
  }
}
