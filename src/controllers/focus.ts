/**
 * Keeps the focus on a control that moves within the list. Moves it to a nearby control when the focused one is removed, or
 * back to the control that was replaced before.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

const CONTROL = 'button:not(:disabled)';

export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #item: string;
  readonly #successors: readonly string[];
  #focused: Element | null = null;
  /** Id of the label of the focused control. */
  #label: string | undefined;
  /** Id of the label of the control that was removed last while it had the focus. */
  #replaced: string | undefined;
  /** The focused item and its neighbors. */
  #items: (Element | null | undefined)[] = [];

  /**
   * @param item selector of list items, which can be focused themselves
   * @param successors selectors of what to focus if no item is nearby, in order of preference
   */
  constructor(host: ReactiveControllerHost & Element, item: string, successors: readonly string[]) {
    this.#host = host;
    this.#item = item;
    this.#successors = successors;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement ?? null;
    this.#label = this.#focused?.querySelector('.button-label')?.id;
    const item = this.#focused?.closest(this.#item);
    this.#items = [item, item?.nextElementSibling, item?.previousElementSibling];
  }

  hostUpdated(): void {
    const focused = this.#focused;
    const root = this.#host.shadowRoot;
    if (!focused || !root) return;
    // A row that moves within the list loses the focus, and one that moves in a long list may be rendered again.
    const moved = focused.isConnected ? focused : this.#successorWithSameId(focused, root);
    if (moved) {
      if (!root.activeElement) (moved as HTMLElement).focus({ preventScroll: true });
      return;
    }
    const nearby = this.#items.find((item) => item?.isConnected);
    const successors = this.#successors.map((selector) => root.querySelector(selector));
    const successor = nearby
      ? (this.#replacedIn(nearby) ?? nearby.querySelector(CONTROL) ?? nearby)
      : successors.find(Boolean);
    this.#replaced = this.#label;
    (successor as HTMLElement | undefined)?.focus();
  }

  /** Returns the button that has asked a question, or whose action was undone. */
  #replacedIn(item: Element): Element | null | undefined {
    const labels = [...item.querySelectorAll('.button-label')];
    return labels.find(({ id }) => id === this.#replaced)?.closest(CONTROL);
  }

  /** Buttons are identified by their labels. */
  #successorWithSameId(focused: Element, root: ShadowRoot): Element | null | undefined {
    const id = focused.id || focused.querySelector('[id]')?.id;
    return id ? root.getElementById(id)?.closest('button, .item') : undefined;
  }
}
