/**
 * Decides when the rows of a list change their places: only when a file changes between the groups of the list, such as
 * from active to failed. While the pointer or the keyboard focus is in the list, no row moves, so that nobody presses a
 * button of another row by mistake: each row keeps its group, and new files are added at the end. A row with the focus
 * keeps its group in any case.
 */

import type { ReactiveControllerHost } from 'lit';
import type { Upload } from '../core/index.js';
import { arrange, groupOf, MAX_UNORDERED, type Group, type ListOrder } from '../presentation/list-order.js';
import { nextFrame } from '../scheduling.js';

export class ListOrderController {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'> & Element;
  #isOrdered = false;
  /** The group in which each row is shown. */
  readonly #shown = new WeakMap<Upload, Group>();

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'> & Element) {
    this.#host = host;
  }

  /** @param failedOnly leaves out all files but the failed ones */
  arrange(uploads: readonly Upload[], failedOnly: boolean): ListOrder {
    const { activeElement = null } = this.#host.shadowRoot ?? {};
    const focused = activeElement?.closest('.list .item');
    const isHeld =
      this.#host.shadowRoot?.querySelector('.list:hover') ||
      (focused && activeElement?.matches(':focus-visible'));
    if (!isHeld) this.#isOrdered = uploads.length > MAX_UNORDERED;
    if (!this.#isOrdered && !failedOnly) return { rows: uploads, uploaded: [] };
    const getGroup = (upload: Upload): Group => {
      const isKept = isHeld || focused?.id === `row-${upload.id}`;
      const group = (isKept && this.#shown.get(upload)) || groupOf(upload.state);
      this.#shown.set(upload, group);
      return group;
    };
    return arrange(uploads, getGroup, failedOnly);
  }

  /** Called when the pointer or the focus leaves an element in the list. */
  readonly onLeave = ({ currentTarget, relatedTarget }: MouseEvent | FocusEvent): void => {
    if ((currentTarget as Element).contains(relatedTarget as Node | null)) return;
    // In some browsers, the list matches `:hover` until the event has been dispatched.
    void nextFrame().then(() => this.#host.requestUpdate());
  };
}
