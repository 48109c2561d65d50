/** Asks the person for files: with handles, by which they can be opened again after a reload, where that works. */

import { pickerTypes, type PickerType } from '../restrictions.js';

/** A file that a person chose. */
export interface PickedFile {
  file: File;
  /** By which it can be opened again, where the browser has such. */
  handle?: FileSystemFileHandle;
}

/** What is asked for. */
export interface FileRequest {
  /** As on `<input type="file">`. */
  accept: string | undefined;
  multiple: boolean;
  /** A whole folder. */
  directory: boolean;
}

export interface FilePickerOptions {
  /** Opens the picker of `<input type="file">`, which has no handles and answers by itself. */
  openInput: (request: FileRequest) => void;
  /** Called with what was picked; with nothing where the picker was dismissed. */
  onPick: (picked: PickedFile[]) => void;
}

/** Of the window, where there is File System Access. */
type ShowOpenFilePicker = (options: {
  multiple: boolean;
  types?: PickerType[];
}) => Promise<FileSystemFileHandle[]>;

export class FilePicker {
  readonly #options: FilePickerOptions;
  #isOpen = false;

  constructor(options: FilePickerOptions) {
    this.#options = options;
  }

  /** To be called from a click or a key press. */
  open(request: FileRequest, wantsHandles: boolean): void {
    // The files of a folder have no handles of their own.
    const show = wantsHandles && !request.directory && !isPhone() ? pickerOf(window) : undefined;
    if (!show) this.#options.openInput(request);
    else if (!this.#isOpen) void this.#pick(show, request);
  }

  async #pick(show: ShowOpenFilePicker, request: FileRequest): Promise<void> {
    this.#isOpen = true;
    try {
      const { accept, multiple } = request;
      const types = pickerTypes(accept);
      const handles = await show({ multiple, ...(types && { types }) });
      const picked = await Promise.all(
        handles.map(async (handle) => ({ handle, file: await handle.getFile() })),
      );
      this.#options.onPick(picked);
    } catch (error) {
      if (isDismissal(error)) this.#options.onPick([]);
      // A frame of another origin, a policy, a browser that only pretends: the input works everywhere.
      else this.#options.openInput(request);
    } finally {
      this.#isOpen = false;
    }
  }
}

function pickerOf(window: Window): ShowOpenFilePicker | undefined {
  const { showOpenFilePicker } = window as Window & { showOpenFilePicker?: ShowOpenFilePicker };
  return showOpenFilePicker?.bind(window);
}

/** The picker that a phone opens for an input offers the camera and the gallery too. */
function isPhone(): boolean {
  const { userAgentData } = navigator as Navigator & { userAgentData?: { mobile: boolean } };
  return userAgentData?.mobile ?? false;
}

function isDismissal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
