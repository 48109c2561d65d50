/** Takes files that are dropped on the element or pasted into it. Knows nothing of what becomes of them. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { readDropped, type Dropped } from './data-transfer.js';

export interface DropTargetOptions {
  /** `ignore` leaves the drop to the page, `refuse` keeps the browser from opening the file. */
  mode: () => 'accept' | 'refuse' | 'ignore';
  takesFolders: () => boolean;
  /** What keeps files from being taken, as far as it can be told while they are dragged: types, not names or sizes. */
  judge: (types: readonly string[]) => 'type' | 'count' | undefined;
  onDragging: (dragging: Dragging | undefined) => void;
  onFiles: (dropped: Dropped) => void;
}

/** What is dragged over the element: something that is welcome, or why it is not. */
export type Dragging = 'welcome' | 'type' | 'count';

const EVENTS = ['dragenter', 'dragover', 'dragleave', 'drop', 'paste'] as const;

export class DropController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DropTargetOptions;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DropTargetOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of EVENTS) this.#host.addEventListener(type, this.#onEvent);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) this.#host.removeEventListener(type, this.#onEvent);
    this.#options.onDragging(undefined);
  }

  readonly #onEvent = (event: DragEvent | ClipboardEvent): void => {
    if (event.defaultPrevented) return;
    if (event instanceof DragEvent) this.#onDrag(event);
    else if (this.#options.mode() === 'accept') this.#take(event, event.clipboardData);
  };

  #onDrag(event: DragEvent): void {
    const { dataTransfer } = event;
    const mode = this.#options.mode();
    if (mode === 'ignore' || !dataTransfer?.types.includes('Files')) return;
    switch (event.type) {
      case 'dragenter':
      case 'dragover': {
        event.preventDefault();
        const dragging = mode === 'accept' ? this.#judge(dataTransfer) : undefined;
        dataTransfer.dropEffect = dragging === 'welcome' ? 'copy' : 'none';
        this.#options.onDragging(dragging);
        break;
      }
      case 'dragleave':
        if (!this.#isInside(event.relatedTarget)) this.#options.onDragging(undefined);
        break;
      case 'drop':
        event.preventDefault();
        this.#options.onDragging(undefined);
        if (mode === 'accept') this.#take(event, dataTransfer);
        break;
    }
  }

  #judge({ items }: DataTransfer): Dragging {
    const types = [...items].filter(({ kind }) => kind === 'file').map(({ type }) => type);
    return this.#options.judge(types) ?? 'welcome';
  }

  #take(event: Event, data: DataTransfer | null): void {
    const reading = readDropped(data, this.#options.takesFolders());
    if (!reading) return;
    event.preventDefault();
    void reading.then(this.#options.onFiles);
  }

  #isInside(target: EventTarget | null): boolean {
    return target instanceof Node && this.#host.contains(target);
  }
}
