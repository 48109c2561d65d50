/** Takes files that are dropped on the element or pasted into it. Knows nothing of what becomes of them. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PickedFile } from './file-picker.js';

export interface DropTargetOptions {
  /** `ignore` leaves the drop to the page, `refuse` keeps the browser from opening the file. */
  mode: () => 'accept' | 'refuse' | 'ignore';
  onDragging: (dragging: boolean) => void;
  onFiles: (files: PickedFile[], folders: File[]) => void;
}

/** Where there is File System Access. */
interface HandleItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

export class DropTarget implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DropTargetOptions;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DropTargetOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop', 'paste'] as const) {
      this.#host.addEventListener(type, this.#onEvent);
    }
  }

  hostDisconnected(): void {
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop', 'paste'] as const) {
      this.#host.removeEventListener(type, this.#onEvent);
    }
    this.#options.onDragging(false);
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
      case 'dragover':
        event.preventDefault();
        dataTransfer.dropEffect = mode === 'accept' ? 'copy' : 'none';
        this.#options.onDragging(mode === 'accept');
        break;
      case 'dragleave':
        if (!this.#isInside(event.relatedTarget)) this.#options.onDragging(false);
        break;
      case 'drop':
        event.preventDefault();
        this.#options.onDragging(false);
        if (mode === 'accept') this.#take(event, dataTransfer);
        break;
    }
  }

  #take(event: Event, data: DataTransfer | null): void {
    const items = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
    const files: Promise<PickedFile>[] = [];
    const folders: File[] = [];
    for (const item of items) {
      const file = item.getAsFile();
      if (!file) continue;
      if (item.webkitGetAsEntry()?.isDirectory) folders.push(file);
      else files.push(withHandle(file, item));
    }
    if (files.length + folders.length === 0) return;
    event.preventDefault();
    void Promise.all(files).then((picked) => this.#options.onFiles(picked, folders));
  }

  #isInside(target: EventTarget | null): boolean {
    return target instanceof Node && this.#host.contains(target);
  }
}

/** To be called before the event is over: what was dropped is gone afterwards. */
async function withHandle(file: File, item: DataTransferItem): Promise<PickedFile> {
  try {
    const handle = await (item as HandleItem).getAsFileSystemHandle?.();
    return handle?.kind === 'file' ? { file, handle: handle as FileSystemFileHandle } : { file };
  } catch {
    // The file itself is there all the same.
    return { file };
  }
}
