/** Receives files that are dropped on the element, or pasted into it or into a page in which nothing is focused. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DragState } from '../restrictions.js';
import { hasFiles, isPageContent, isRichText, takeFiles, type TransferredFile } from './data-transfer.js';
import { listen, windowOf } from './document.js';

export interface DropControllerOptions {
  /** `ignore` leaves the drop to the page. `refuse` only prevents the browser from opening the file. */
  mode: () => 'accept' | 'refuse' | 'ignore';
  /** Returns why dragged files would be rejected. Browsers reveal only their types during a drag. */
  checkTypes: (types: readonly string[]) => 'type' | 'count' | undefined;
  /** Whether a file would be added. */
  accepts: (file: File) => boolean;
  onDragChange: (state: DragState | undefined) => void;
  onFiles: (files: readonly TransferredFile[], isPaste: boolean) => void;
  /** Called when something without a readable file was dropped as a file. */
  onEmptyDrop: () => void;
}

/** Events that end a drag, or that browsers don't fire during one. */
const DRAG_ENDS = ['drop', 'dragend', 'keydown', 'pointerdown', 'pointermove'];

/** The controllers of all connected elements. */
const connected = new Set<DropController>();

export class DropController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DropControllerOptions;
  #unlisten: (() => void)[] = [];
  #shown: DragState | undefined;
  /** Stops observing a drag that is shown. */
  #unwatch: (() => void) | undefined;
  /** Whether the page had prevented the default action of an event before it reached the element. */
  #wasPrevented = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DropControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    const host = this.#host;
    const drag = ['dragenter', 'dragover', 'drop'];
    this.#unlisten = [
      listen(host, drag, (event) => (this.#wasPrevented = event.defaultPrevented), { capture: true }),
      listen(host, drag, this.#onDrag),
      listen(host, ['dragleave'], this.#onLeave),
      listen(host, ['paste'], this.#onPaste),
      listen(windowOf(host), ['paste'], this.#onPagePaste),
    ];
    connected.add(this);
  }

  hostDisconnected(): void {
    for (const stop of this.#unlisten) stop();
    connected.delete(this);
    this.#showDrag(undefined);
  }

  readonly #onDrag = (event: DragEvent): void => {
    const { type, dataTransfer } = event;
    const mode = this.#options.mode();
    // The page may prevent all drops outside of its own targets. Slotted content prevents the drops that it handles.
    const isHandled = event.defaultPrevented && !this.#wasPrevented;
    if (isHandled || mode === 'ignore' || !dataTransfer || !hasFiles(dataTransfer)) {
      this.#showDrag(undefined);
      return;
    }
    event.preventDefault();
    const accepts = mode === 'accept';
    const state = accepts && !isPageContent(dataTransfer) ? this.#check(dataTransfer) : undefined;
    if (type !== 'drop') {
      dataTransfer.dropEffect = state === 'accepted' ? 'copy' : 'none';
      this.#showDrag(state);
      return;
    }
    this.#showDrag(undefined);
    if (accepts && (!state || !this.#receive(event, dataTransfer))) this.#options.onEmptyDrop();
  };

  readonly #onLeave = ({ relatedTarget }: DragEvent): void => {
    if (!this.#host.contains(relatedTarget as Node | null)) this.#showDrag(undefined);
  };

  /** A paste inside the element. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event;
    if (event.defaultPrevented || this.#options.mode() !== 'accept') return;
    const field = editableTarget(event);
    if (field && hasTextFor(field, clipboardData)) return;
    this.#receive(event, clipboardData);
  };

  /** A paste elsewhere in the page. Browsers may send it to the body although a button in the element is focused. */
  readonly #onPagePaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event;
    if (event.defaultPrevented || !clipboardData || event.composedPath().includes(this.#host)) return;
    if (editableTarget(event)) return;
    const { ownerDocument } = this.#host;
    const { activeElement, body } = ownerDocument;
    const isNothingFocused = !activeElement || activeElement === body;
    if (isNothingFocused && isRichText(clipboardData)) return;
    const candidates = [...connected].filter((other) =>
      other.#isPasteCandidate(clipboardData, ownerDocument),
    );
    const isOnly = candidates.length === 1 && candidates[0] === this;
    const isFocused = this.#host.matches(':focus-within') && this.#options.mode() === 'accept';
    if (isFocused || (isNothingFocused && isOnly)) this.#receive(event, clipboardData);
  };

  /** Whether a file that is pasted into the page may be meant for this element. */
  #isPasteCandidate({ files }: DataTransfer, page: Document): boolean {
    const { ownerDocument } = this.#host;
    return (
      ownerDocument === page &&
      this.#options.mode() === 'accept' &&
      [...files].some((file) => this.#options.accepts(file)) &&
      isVisible(this.#host)
    );
  }

  #showDrag(state: DragState | undefined): void {
    this.#shown = state;
    if (state) {
      this.#unwatch ??= this.#watch();
    } else {
      this.#unwatch?.();
      this.#unwatch = undefined;
    }
    this.#options.onDragChange(state);
  }

  /** Observes the whole page, because handlers of the page may keep events from the element. */
  #watch(): () => void {
    const view = windowOf(this.#host);
    const isInside = (event: Event) => event.composedPath().includes(this.#host);
    const onCapture = (event: DragEvent) => {
      const isOver = event.type === 'dragenter' || event.type === 'dragover';
      if (event.type === 'dragleave') {
        if (isInside(event)) this.#onLeave(event);
      } else if (!isOver || !isInside(event)) {
        this.#showDrag(undefined);
      }
    };
    // Runs after the handlers of the page, which may refuse drops outside of their own targets.
    const onBubble = (event: DragEvent) => {
      if (event.dataTransfer && this.#shown === 'accepted' && isInside(event)) {
        event.dataTransfer.dropEffect = 'copy';
      }
    };
    const stops = [
      listen(view, ['dragenter', 'dragover', 'dragleave', ...DRAG_ENDS], onCapture, { capture: true }),
      listen(view, ['dragenter', 'dragover'], onBubble),
    ];
    return () => stops.forEach((stop) => stop());
  }

  #check({ items }: DataTransfer): DragState {
    const types = [...items].filter(({ kind }) => kind === 'file').map(({ type }) => type);
    return this.#options.checkTypes(types) ?? 'accepted';
  }

  /** Returns whether the data contains files. */
  #receive(event: Event, data: DataTransfer | null): boolean {
    const files = takeFiles(data);
    if (files.length === 0) return false;
    event.preventDefault();
    this.#options.onFiles(files, event.type === 'paste');
    return true;
  }
}

/** Returns the text field into which the browser would paste. */
function editableTarget(event: Event): HTMLElement | undefined {
  const [target] = event.composedPath();
  return target && 'matches' in target && (target as HTMLElement).matches(':read-write')
    ? (target as HTMLElement)
    : undefined;
}

/** Whether the clipboard contains text that the field can show. */
function hasTextFor(field: HTMLElement, data: DataTransfer | null): boolean {
  const types = data?.types ?? [];
  return types.includes('text/plain') || (field.isContentEditable && types.includes('text/html'));
}

function isVisible(element: Element): boolean {
  // Missing in older browsers.
  const { checkVisibility } = element as { checkVisibility?: Element['checkVisibility'] };
  const isRendered = checkVisibility
    ? checkVisibility.call(element, { visibilityProperty: true })
    : element.getClientRects().length > 0;
  return isRendered && !element.closest('[inert]');
}
