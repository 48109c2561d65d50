/**
 * Pauses while the element is not in a page, or while its page is frozen or in the back/forward cache. Resumes when none of
 * this is the case any more.
 */

import type { LitElement, ReactiveController } from 'lit';
import { listen, windowOf } from './document.js';

export class PageLifecycleController implements ReactiveController {
  readonly #host: LitElement;
  readonly #onSuspend: () => () => void;
  #resume: (() => void) | undefined;
  /** The window whose page is suspended. */
  #suspended: Window | undefined;
  #unlisten: (() => void) | undefined;

  /** @param onSuspend called to pause; returns the function to call to resume */
  constructor(host: LitElement, onSuspend: () => () => void) {
    this.#host = host;
    this.#onSuspend = onSuspend;
    host.addController(this);
    // The element may have been removed already.
    if (host.hasUpdated) this.#updateLater();
  }

  hostConnected(): void {
    const view = windowOf(this.#host);
    const onPageHide = (event: PageTransitionEvent) => {
      // The page of another window, such as an iframe, may go away without the page that runs this script.
      if (event.persisted || view !== window) this.#suspendPage(view);
    };
    const stops = [
      listen(view, ['pagehide'], onPageHide),
      listen(view.document, ['freeze'], () => this.#suspendPage(view)),
    ];
    this.#unlisten = () => stops.forEach((stop) => stop());
    this.#updateLater();
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#updateLater();
  }

  #suspendPage(view: Window): void {
    if (this.#suspended === view) return;
    this.#suspended = view;
    const stops: (() => void)[] = [];
    // The element may be removed before the page resumes.
    const onResume = () => {
      stops.forEach((stop) => stop());
      if (this.#suspended === view) this.#suspended = undefined;
      this.#update();
    };
    stops.push(listen(view, ['pageshow'], onResume), listen(view.document, ['resume'], onResume));
    this.#update();
  }

  /** If the element is only moved, it is connected again before the microtask runs. */
  #updateLater(): void {
    queueMicrotask(() => this.#update());
  }

  #update(): void {
    const view = this.#host.isConnected ? this.#host.ownerDocument.defaultView : null;
    if (!view || view === this.#suspended) {
      this.#resume ??= this.#onSuspend();
      return;
    }
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }
}
