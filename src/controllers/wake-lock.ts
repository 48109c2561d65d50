/** Keeps the screen awake while bytes are sent, if the browser allows it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { listen, windowOf } from './document.js';

export class WakeLockController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #isNeeded: () => boolean;
  /** The browser releases it when the page is hidden. */
  #lock: Promise<WakeLockSentinel | undefined> | undefined;
  #unlisten: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostConnected(): void {
    const onChange = () => {
      this.#release();
      this.hostUpdated();
    };
    this.#unlisten = listen(this.#host.ownerDocument, ['visibilitychange'], onChange);
  }

  hostUpdated(): void {
    const { isConnected, ownerDocument } = this.#host;
    if (!isConnected || !this.#isNeeded()) this.#release();
    else if (ownerDocument.visibilityState === 'visible') this.#lock ??= request(windowOf(this.#host));
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#release();
  }

  #release(): void {
    this.#lock?.then((sentinel) => sentinel?.release()).catch(() => {});
    this.#lock = undefined;
  }
}

async function request({ navigator }: Window): Promise<WakeLockSentinel | undefined> {
  try {
    return await navigator.wakeLock?.request('screen');
  } catch {
    // The battery is low or a policy forbids it. The upload works without a wake lock.
    return undefined;
  }
}
