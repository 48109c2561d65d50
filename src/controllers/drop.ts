/** Receives files that are dropped on the element or pasted into it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DragState } from '../restrictions.js';
import { readFiles } from './data-transfer.js';
import type { SelectedFiles } from './file-picker.js';
import { namePasted } from './pasted-names.js';

export interface DropControllerOptions {
  /** `ignore` leaves the drop to the page. `refuse` only prevents the browser from opening the file. */
  mode: () => 'accept' | 'refuse' | 'ignore';
  acceptsFolders: () => boolean;
  /** Returns why dragged files would be rejected. Browsers reveal only their types during a drag. */
  checkTypes: (types: readonly string[]) => 'type' | 'count' | undefined;
  onDragChange: (state: DragState | undefined) => void;
  onFiles: (files: SelectedFiles) => void;
}

const EVENTS = ['dragenter', 'dragover', 'dragleave', 'drop', 'paste'] as const;

export class DropController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DropControllerOptions;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DropControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of EVENTS) this.#host.addEventListener(type, this.#onEvent);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) this.#host.removeEventListener(type, this.#onEvent);
    this.#options.onDragChange(undefined);
  }

  readonly #onEvent = (event: DragEvent | ClipboardEvent): void => {
    if (event.defaultPrevented) return;
    if ('dataTransfer' in event) this.#onDrag(event);
    else if (this.#options.mode() === 'accept') this.#receive(event, event.clipboardData);
  };

  #onDrag(event: DragEvent): void {
    const { dataTransfer } = event;
    const mode = this.#options.mode();
    if (mode === 'ignore' || !dataTransfer?.types.includes('Files')) return;
    switch (event.type) {
      case 'dragenter':
      case 'dragover': {
        event.preventDefault();
        const state = mode === 'accept' ? this.#check(dataTransfer) : undefined;
        dataTransfer.dropEffect = state === 'accepted' ? 'copy' : 'none';
        this.#options.onDragChange(state);
        break;
      }
      case 'dragleave':
        if (!this.#isInside(event.relatedTarget)) this.#options.onDragChange(undefined);
        break;
      case 'drop':
        event.preventDefault();
        this.#options.onDragChange(undefined);
        if (mode === 'accept') this.#receive(event, dataTransfer);
        break;
    }
  }

  #check({ items }: DataTransfer): DragState {
    const types = [...items].filter(({ kind }) => kind === 'file').map(({ type }) => type);
    return this.#options.checkTypes(types) ?? 'accepted';
  }

  #receive(event: Event, data: DataTransfer | null): void {
    const reading = readFiles(data, this.#options.acceptsFolders());
    if (!reading) return;
    event.preventDefault();
    void reading.then(({ files, ...others }) => {
      this.#options.onFiles({ ...others, files: event.type === 'paste' ? files.map(namePasted) : files });
    });
  }

  #isInside(target: EventTarget | null): boolean {
    return this.#host.contains(target as Node | null);
  }
}
