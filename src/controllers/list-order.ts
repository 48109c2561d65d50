/**
 * Decides when the rows of a list change their places: only when a file changes between the groups of the list, such as
 * from active to failed. While the pointer or the keyboard focus is in the list, no row moves, so that nobody presses a
 * button of another row by mistake: each row keeps its group, and new files are added at the end. A row with the focus
 * keeps its group in any case.
 */

import type { ReactiveControllerHost } from 'lit';
import type { Upload } from '../core/index.js';
import {
  groupOf,
  groupUploads,
  MAX_UNORDERED,
  type Group,
  type ListOrder,
} from '../presentation/list-order.js';
import { nextFrame } from '../scheduling.js';

export class ListOrderController {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'> & Element;
  #isOrdered = false;
  /** The rows as they are shown. */
  #shown = groupUploads([], groupOf);
  /** While no row may move, the group of each. */
  #held: Map<Upload, Group> | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'> & Element) {
    this.#host = host;
  }

  /**
   * @param failedOnly leaves out all files but the failed ones
   * @param undoable removed files, which are not collapsed while they can be brought back
   */
  arrange(
    uploads: readonly Upload[],
    failedOnly: boolean,
    undoable: Pick<ReadonlyMap<Upload, unknown>, 'has'>,
  ): ListOrder {
    const root = this.#host.shadowRoot;
    const focused = root?.activeElement?.closest('.list .item')?.id;
    const isHeld =
      root?.querySelector('.list:hover') || (focused && root.activeElement.matches(':focus-visible'));
    // Stored files of an edit form are not collapsed.
    const isOfPage = uploads.every(({ file }) => !file);
    if (!isHeld) this.#isOrdered = uploads.length > MAX_UNORDERED && !isOfPage;
    if (!this.#isOrdered && !failedOnly) return { rows: uploads, uploaded: [] };
    this.#held = isHeld ? (this.#held ?? this.#shownGroups()) : undefined;
    const kept = this.#held ?? (focused ? this.#shownGroups(focused) : undefined);
    this.#shown = groupUploads(uploads, (state, upload) => {
      const own = groupOf(state);
      const group = kept?.get(upload) ?? (own === 'uploaded' && undoable.has(upload) ? 'unfinished' : own);
      this.#held?.set(upload, group);
      return group;
    });
    const { failed, active, unfinished, uploaded } = this.#shown;
    if (failedOnly) return { rows: failed, uploaded: [] };
    return { rows: [...failed, ...active, ...unfinished], uploaded };
  }

  /** Called when the pointer or the focus leaves an element in the list. */
  readonly onLeave = ({ currentTarget, relatedTarget }: MouseEvent | FocusEvent): void => {
    if ((currentTarget as Element).contains(relatedTarget as Node | null)) return;
    // In some browsers, the list matches `:hover` until the event has been dispatched.
    void nextFrame().then(() => this.#host.requestUpdate());
  };

  /** Returns the group in which each row is shown, or only that of one row. */
  #shownGroups(row?: string): Map<Upload, Group> {
    const groups = new Map<Upload, Group>();
    for (const [group, uploads] of Object.entries(this.#shown) as [Group, Upload[]][]) {
      for (const upload of uploads) if (!row || row === `row-${upload.id}`) groups.set(upload, group);
    }
    return groups;
  }
}
