/** Tracks `navigator.onLine`. It is only a hint: requests may succeed although it is `false`. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isOffline, listen, windowOf } from './document.js';

export class OnlineController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #unlisten: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get isOffline(): boolean {
    return isOffline();
  }

  hostConnected(): void {
    const onChange = () => this.#host.requestUpdate();
    this.#unlisten = listen(windowOf(this.#host), ['online', 'offline'], onChange);
  }

  hostDisconnected(): void {
    this.#unlisten?.();
  }
}
