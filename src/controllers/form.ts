/**
 * The element as a control of a form: what is submitted, what keeps the form from being submitted, what comes back
 * after a reload. Knows nothing of how it is drawn.
 */

import { isActive, type StoredFile, type Upload, type UploadResult } from '../core/index.js';
import type { Messages } from '../i18n/types.js';

export interface ControlState {
  name: string | undefined;
  required: boolean;
  uploads: readonly Upload[];
  messages: Messages;
  /** Where the browser shows what is wrong. */
  anchor: HTMLElement | undefined;
}

/** What is kept of a file for the form that comes back: no credential among it. */
type StoredEntry = Pick<StoredFile, 'fileName' | 'fileSize'> &
  Pick<UploadResult, 'bucket' | 'key' | 'etag' | 'url' | 'verified' | 'unverifiedReason'>;

export class FormController {
  readonly #internals: ElementInternals;
  /** What was submitted last, so that only a change is told to the form. */
  #submitted = '';
  #keys = '[]';
  #customError = '';

  constructor(internals: ElementInternals) {
    this.#internals = internals;
  }

  /** As `setCustomValidity` of other controls. @param message empty where all is well */
  set customError(message: string) {
    this.#customError = message;
  }

  /** The texts of its labels, to be read out; empty where it has none. */
  get labelText(): string {
    const texts = Array.from(this.#internals.labels as NodeListOf<HTMLLabelElement>, (label) =>
      (label.textContent ?? '').replace(/\s+/g, ' ').trim(),
    );
    return texts.filter(Boolean).join(' ');
  }

  /** Tells the form. @returns whether the value is another one than it was told before */
  update({ name, required, uploads, messages, anchor }: ControlState): boolean {
    const stored = uploads.filter(({ state }) => state.status === 'succeeded');
    const keys = JSON.stringify(stored.map(({ key }) => key));
    const submitted = JSON.stringify([name, keys]);
    if (submitted !== this.#submitted) {
      this.#submitted = submitted;
      this.#internals.setFormValue(formData(name, stored), JSON.stringify(stored.map(toEntry)));
    }
    this.#validate(stored.length, { required, uploads, messages, anchor });
    const isNew = keys !== this.#keys;
    this.#keys = keys;
    return isNew;
  }

  /** What is stored already, as the form comes back to it, is no change. @param state as it was kept */
  restore(state: unknown, bucket: string | undefined): StoredFile[] {
    const files = parseState(state).filter(({ result }) => result.bucket === bucket);
    this.#keys = JSON.stringify(files.map(({ result }) => result.key));
    return files;
  }

  /** What the form itself empties is no change either. */
  reset(): void {
    this.#keys = '[]';
  }

  #validate(storedCount: number, { required, uploads, messages, anchor }: Omit<ControlState, 'name'>): void {
    const unfinished = messageAgainst(uploads, messages);
    const message = this.#customError || unfinished;
    if (message) this.#internals.setValidity({ customError: true }, message, anchor);
    else if (required && storedCount === 0) {
      this.#internals.setValidity({ valueMissing: true }, messages.formFileMissing, anchor);
    } else this.#internals.setValidity({});
  }
}

/** Whoever picked a file expects it to be submitted: one that is not stored holds the form back. */
function messageAgainst(uploads: readonly Upload[], messages: Messages): string {
  let message = '';
  for (const { state } of uploads) {
    if (isActive(state)) return messages.formUploading;
    if (state.status === 'ready' || state.status === 'paused') message = messages.formUnfinished;
    else if (state.status === 'failed') message ||= messages.formFailed;
  }
  return message;
}

function formData(name: string | undefined, stored: readonly Upload[]): FormData | null {
  if (!name || stored.length === 0) return null;
  const data = new FormData();
  for (const { key } of stored) data.append(name, key);
  return data;
}

function toEntry({ fileName, fileSize, state }: Upload): StoredEntry | undefined {
  if (state.status !== 'succeeded') return undefined;
  const { bucket, key, etag, url, verified, unverifiedReason } = state.result;
  return { fileName, fileSize, bucket, key, etag, url, verified, unverifiedReason };
}

/** A browser hands back what it was given; what is not of that shape is left out. */
function parseState(state: unknown): StoredFile[] {
  try {
    const entries: unknown = typeof state === 'string' ? JSON.parse(state) : [];
    return Array.isArray(entries) ? entries.filter(isStoredEntry).map(toStoredFile) : [];
  } catch {
    return [];
  }
}

function isStoredEntry(entry: unknown): entry is StoredEntry {
  if (typeof entry !== 'object' || entry === null) return false;
  const { fileName, fileSize, bucket, key, etag, url, verified } = entry as Record<string, unknown>;
  return (
    [fileName, bucket, key, etag, url].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(fileSize) &&
    (fileSize as number) >= 0 &&
    typeof verified === 'boolean'
  );
}

function toStoredFile({ fileName, fileSize, unverifiedReason, ...result }: StoredEntry): StoredFile {
  const { bucket, key, etag, url, verified } = result;
  const isKnown = unverifiedReason === 'not-exposed' || unverifiedReason === 'switched-off';
  return {
    fileName,
    fileSize,
    result: { bucket, key, etag, url, verified, ...(isKnown && { unverifiedReason }) },
  };
}
