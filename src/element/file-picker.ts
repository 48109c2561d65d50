/** Asks the person for files: with handles, by which they can be opened again after a reload, where that works. */

import { pickerTypes, type PickerType } from './accept.js';

/** A file that a person chose. */
export interface PickedFile {
  file: File;
  /** By which it can be opened again, where the browser has such. */
  handle?: FileSystemFileHandle;
}

export interface FilePickerOptions {
  /** Opens the picker of `<input type="file">`, which has no handles and answers by itself. */
  openInput: () => void;
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

  /** To be called from a click or a key press. @param accept as on `<input type="file">` */
  open(accept: string | undefined, wantsHandles: boolean): void {
    const show = wantsHandles && !isPhone() ? pickerOf(window) : undefined;
    if (!show) this.#options.openInput();
    else if (!this.#isOpen) void this.#pick(show, accept);
  }

  async #pick(show: ShowOpenFilePicker, accept: string | undefined): Promise<void> {
    this.#isOpen = true;
    try {
      const types = pickerTypes(accept);
      const handles = await show({ multiple: false, ...(types && { types }) });
      const picked = await Promise.all(
        handles.map(async (handle) => ({ handle, file: await handle.getFile() })),
      );
      this.#options.onPick(picked);
    } catch (error) {
      if (isDismissal(error)) this.#options.onPick([]);
      // A frame of another origin, a policy, a browser that only pretends: the input works everywhere.
      else this.#options.openInput();
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
