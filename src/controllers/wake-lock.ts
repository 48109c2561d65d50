/** Keeps the screen awake while bytes are sent, if the browser allows it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class WakeLockController implements ReactiveController {
  readonly #isNeeded: () => boolean;
  /** The browser releases it when the page is hidden. */
  #lock: Promise<WakeLockSentinel | undefined> | undefined;

  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibilityChange);
  }

  hostUpdated(): void {
    if (!this.#isNeeded()) this.#release();
    else if (document.visibilityState === 'visible') this.#lock ??= request();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#release();
  }

  readonly #onVisibilityChange = (): void => {
    this.#release();
    this.hostUpdated();
  };

  #release(): void {
    this.#lock?.then((sentinel) => sentinel?.release()).catch(() => {});
    this.#lock = undefined;
  }
}

async function request(): Promise<WakeLockSentinel | undefined> {
  try {
    return await navigator.wakeLock?.request('screen');
  } catch {
    // The battery is low or a policy forbids it. The upload works without a wake lock.
    return undefined;
  }
}
