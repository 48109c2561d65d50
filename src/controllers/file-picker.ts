/** Opens the file picker. In browsers with File System Access, files come with handles that survive a reload. */

import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { inputAccept, pickerTypes, type PickerType } from '../accept.js';
import { FILE_TIME_LIMIT, withinTime } from '../core/time-limit.js';
import { windowOf } from './document.js';

/** A file that the user selected. */
export interface PickedFile {
  file: File;
  /** Opens the file again after a reload, in browsers with File System Access. */
  handle?: FileSystemFileHandle;
}

/** What the user selected, dropped or pasted. */
export interface SelectedFiles {
  files: PickedFile[];
  /** Folders, if folders are not accepted. */
  folders: File[];
  /** Empty files with the names of files and folders that the browser can't read. */
  unreadable: File[];
}

/** Which files can be selected. */
export interface FileRequest {
  /** As on `<input type="file">`. */
  accept: string | undefined;
  multiple: boolean;
  /** Whether to select a folder instead of files. */
  directory: boolean;
}

/** The file picker in browsers with File System Access. */
type ShowOpenFilePicker = (options: {
  multiple: boolean;
  types?: PickerType[];
}) => Promise<FileSystemFileHandle[]>;

/** @typeParam Purpose what the files are selected for */
export class FilePicker<Purpose> {
  readonly #getInput: () => HTMLInputElement | null | undefined;
  readonly #onSelect: (
    selected: SelectedFiles | Promise<SelectedFiles>,
    purpose: Purpose | undefined,
  ) => void;
  /** What the files of the input are selected for. */
  #purpose?: Purpose | undefined;
  #isOpen = false;
  #rendered?: FileRequest;

  /**
   * @param getInput returns the input that {@link render} has rendered
   * @param onSelect called with the selected files, which the browser may take some time to open
   */
  constructor(
    getInput: () => HTMLInputElement | null | undefined,
    onSelect: (selected: SelectedFiles | Promise<SelectedFiles>, purpose: Purpose | undefined) => void,
  ) {
    this.#getInput = getInput;
    this.#onSelect = onSelect;
  }

  /** Renders the hidden input, which is used in browsers without File System Access and by automation. */
  render(request: FileRequest & { disabled: boolean }): TemplateResult {
    const { accept, multiple, directory, disabled } = request;
    this.#rendered = request;
    return html`<input
      type="file"
      hidden
      aria-hidden="true"
      accept=${ifDefined(inputAccept(accept))}
      ?multiple=${multiple}
      .webkitdirectory=${directory}
      ?disabled=${disabled}
      @click=${stopPropagation}
      @input=${stopPropagation}
      @change=${this.#onChange}
      @cancel=${() => this.#onInput([])}
    />`;
  }

  /** Opens the picker. Call it from a click or key event. */
  open(
    request: FileRequest,
    { withHandles, purpose }: { withHandles: boolean; purpose?: Purpose | undefined },
  ): void {
    // Automation may use the input although the picker of the browser is open.
    this.#purpose = purpose;
    // The files in a selected folder have no handles.
    const show = withHandles && !request.directory && !isPhone() ? this.#nativePicker : undefined;
    if (!show) this.#openInput(request, purpose);
    else if (!this.#isOpen) void this.#open(show, request, purpose);
  }

  /** The picker of the window in which the user acted. */
  get #nativePicker(): ShowOpenFilePicker | undefined {
    const input = this.#getInput();
    return pickerOf(input ? windowOf(input) : window);
  }

  async #open(show: ShowOpenFilePicker, request: FileRequest, purpose: Purpose | undefined): Promise<void> {
    this.#isOpen = true;
    const { accept, multiple } = request;
    const types = pickerTypes(accept);
    let handles: FileSystemFileHandle[];
    try {
      handles = await show({ multiple, ...(types && { types }) });
    } catch (error) {
      // Blocked in a cross-origin frame or by a policy. The input works everywhere.
      if (isDismissal(error)) this.#purpose = undefined;
      else this.#openInput(request, purpose);
      return;
    } finally {
      this.#isOpen = false;
    }
    this.#purpose = undefined;
    this.#onSelect(readHandles(handles), purpose);
  }

  #openInput(request: FileRequest, purpose: Purpose | undefined): void {
    this.#purpose = purpose;
    // A request for the file of one upload may differ from the rendered attributes. `#onInput` restores them.
    this.#configureInput(request);
    this.#getInput()?.click();
  }

  #configureInput({ multiple, directory }: FileRequest): void {
    const input = this.#getInput();
    if (input) Object.assign(input, { multiple, webkitdirectory: directory });
  }

  readonly #onChange = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // Otherwise selecting the same file again would not fire an event.
    input.value = '';
    this.#onInput(files);
  };

  /** @param files none if the picker was dismissed */
  #onInput(files: readonly File[]): void {
    const purpose = this.#purpose;
    this.#purpose = undefined;
    if (this.#rendered) this.#configureInput(this.#rendered);
    if (files.length === 0) return;
    this.#onSelect({ files: files.map((file) => ({ file })), folders: [], unreadable: [] }, purpose);
  }
}

/** Reads each file on its own, so that one that can't be read doesn't keep the others from being added. */
async function readHandles(handles: readonly FileSystemFileHandle[]): Promise<SelectedFiles> {
  const files: PickedFile[] = [];
  const unreadable: File[] = [];
  for (const handle of handles) {
    try {
      files.push({ handle, file: await withinTime(handle.getFile(), FILE_TIME_LIMIT) });
    } catch {
      unreadable.push(new File([], handle.name));
    }
  }
  return { files, folders: [], unreadable };
}

function pickerOf(window: Window): ShowOpenFilePicker | undefined {
  const { showOpenFilePicker } = window as Window & { showOpenFilePicker?: ShowOpenFilePicker };
  return showOpenFilePicker?.bind(window);
}

/** Phones use the input, because its picker also offers the camera and the photo library. */
function isPhone(): boolean {
  const { userAgentData } = navigator as Navigator & { userAgentData?: { mobile: boolean } };
  return userAgentData?.mobile ?? false;
}

function isDismissal(error: unknown): boolean {
  return (error as Error).name === 'AbortError';
}

/** Keeps composed events of the input inside the shadow tree. Its `change` and `cancel` events aren't composed. */
function stopPropagation(event: Event): void {
  event.stopPropagation();
}
