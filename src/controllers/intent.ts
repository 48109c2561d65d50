/** Notices that a person is about to use the element: points at it, focuses it, or drags a file over the page. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hasFiles } from './data-transfer.js';
import { listen, windowOf } from './document.js';

export class IntentController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onIntent: () => void;
  #unlisten: (() => void)[] = [];

  constructor(host: ReactiveControllerHost & Element, onIntent: () => void) {
    this.#host = host;
    this.#onIntent = onIntent;
    host.addController(this);
  }

  hostConnected(): void {
    const onDrag = ({ dataTransfer }: DragEvent) => {
      if (dataTransfer && hasFiles(dataTransfer)) this.#onIntent();
    };
    this.#unlisten = [
      listen(this.#host, ['pointerenter', 'focusin'], this.#onIntent),
      // The page may handle the event itself.
      listen(windowOf(this.#host), ['dragenter'], onDrag, { capture: true }),
    ];
  }

  hostDisconnected(): void {
    for (const stop of this.#unlisten) stop();
  }
}
