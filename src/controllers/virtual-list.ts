/**
 * Renders only the visible part of a long list. The other rows are replaced by empty groups with the height that the
 * rows had when they were last visible.
 */

import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { windowOf } from './document.js';

/** Rows per group. */
const GROUP = 10;
/** Rows are rendered this far outside the visible area. */
const MARGIN = '600px 0px';

export class VirtualListController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: IntersectionObserver | undefined;
  /** Indexes of the rendered groups. */
  #near = new Set([0]);

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** @param renderRows renders some of the rows; `first` is the index of the first of them */
  render<T>(
    rows: readonly T[],
    renderRows: (rows: readonly T[], first: number) => unknown,
  ): TemplateResult[] {
    return Array.from({ length: Math.ceil(rows.length / GROUP) }, (_, index) => {
      const group = rows.slice(index * GROUP, (index + 1) * GROUP);
      const isNear = this.#near.has(index) || !this.#canObserve;
      return html`<div class=${isNear ? 'group' : 'far group'} role="presentation" data-index=${index}>
        ${isNear ? renderRows(group, index * GROUP) : nothing}
      </div>`;
    });
  }

  hostUpdated(): void {
    const groups = this.#host.shadowRoot?.querySelectorAll('.group') ?? [];
    const first = groups[0];
    if (!first || !this.#host.isConnected || !this.#canObserve) return this.#reset();
    this.#observer ??= new (windowOf(first).IntersectionObserver)(
      (entries) => this.#onIntersection(entries),
      { root: first.parentElement, rootMargin: MARGIN },
    );
    // Observing a group again has no effect.
    for (const group of groups) this.#observer.observe(group);
  }

  hostDisconnected(): void {
    this.#reset();
  }

  /** jsdom has no layout. */
  get #canObserve(): boolean {
    return 'IntersectionObserver' in windowOf(this.#host);
  }

  #onIntersection(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const group = target as HTMLElement;
      const index = Number(group.dataset.index);
      if (isIntersecting) this.#near.add(index);
      else if (this.#near.has(index) && !this.#hasFocus(group)) {
        group.style.setProperty('--_height', `${boundingClientRect.height}px`);
        this.#near.delete(index);
      }
    }
    this.#host.requestUpdate();
  }

  #hasFocus(group: Element): boolean {
    return group.contains(this.#host.shadowRoot?.activeElement ?? null);
  }

  #reset(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#near = new Set([0]);
  }
}
