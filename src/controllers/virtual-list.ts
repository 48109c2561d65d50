/**
 * Draws of a long list what can be seen, and what is near to it. The rest keeps its place: groups of rows that are as high
 * as they were when they were last seen, or as they may be.
 */

import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';

/** Rows that are drawn, or not, together. */
const GROUP = 10;
/** How far from what can be seen rows are drawn ahead. */
const MARGIN = '600px 0px';

export class VirtualListController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer?: IntersectionObserver;
  /** The groups that are drawn, by their place in the list. */
  #near = new Set([0]);

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** @param draw draws some of the rows; `first` is the place of the first of them */
  render<T>(rows: readonly T[], draw: (rows: readonly T[], first: number) => unknown): TemplateResult[] {
    return Array.from({ length: Math.ceil(rows.length / GROUP) }, (_, index) => {
      const group = rows.slice(index * GROUP, (index + 1) * GROUP);
      const isNear = this.#near.has(index);
      return html`<div class=${isNear ? 'group' : 'far group'} role="presentation" data-index=${index}>
        ${isNear ? draw(group, index * GROUP) : nothing}
      </div>`;
    });
  }

  hostUpdated(): void {
    const groups = this.#host.shadowRoot?.querySelectorAll('.group') ?? [];
    if (groups.length === 0) return this.#forget();
    this.#observer ??= new IntersectionObserver((entries) => this.#onMove(entries), {
      root: groups[0]!.parentElement,
      rootMargin: MARGIN,
    });
    // To observe what is observed does nothing.
    for (const group of groups) this.#observer.observe(group);
  }

  hostDisconnected(): void {
    this.#forget();
  }

  #onMove(entries: readonly IntersectionObserverEntry[]): void {
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

  #forget(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#near = new Set([0]);
  }
}
