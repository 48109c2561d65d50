/** The element as a form control: its value, its validity, and its state across reloads. */

import { isActive, isRecord, type StoredFile, type Upload, type UploadResult } from '../core/index.js';
import type { Messages } from '../i18n/types.js';

export interface ControlState {
  /** The hashed scope of the user. Empty without one. */
  scope: string;
  name: string | undefined;
  required: boolean;
  uploads: readonly Upload[];
  messages: Messages;
  /** Where the browser shows the validation message. */
  anchor: HTMLElement | undefined;
}

/** What the browser keeps of a stored file for form restoration. Contains no credentials. */
type StoredEntry = Pick<StoredFile, 'fileName' | 'fileSize'> &
  Pick<UploadResult, 'bucket' | 'key' | 'etag' | 'url' | 'verified' | 'unverifiedReason'>;

export class FormController {
  readonly #internals: ElementInternals;
  /** The last value that was set on the form. */
  #submitted = '';
  #keys = '[]';
  #customError = '';

  constructor(internals: ElementInternals) {
    this.#internals = internals;
  }

  /** The message of `setCustomValidity`. Empty if valid. */
  set customError(message: string) {
    this.#customError = message;
  }

  /** The texts of its labels, for the accessible name. Empty without labels. */
  get labelText(): string {
    const texts = Array.from(this.#internals.labels as NodeListOf<HTMLLabelElement>, (label) =>
      label.textContent.replace(/\s+/g, ' ').trim(),
    );
    return texts.filter(Boolean).join(' ');
  }

  /** Sets the form value and the validity. @returns whether the value has changed */
  update({ scope, name, required, uploads, messages, anchor }: ControlState): boolean {
    const stored = uploads.filter(({ state }) => state.status === 'succeeded');
    const keys = JSON.stringify(stored.map(({ key }) => key));
    const submitted = JSON.stringify([scope, name, keys]);
    if (submitted !== this.#submitted) {
      this.#submitted = submitted;
      const files = stored.map(toEntry);
      this.#internals.setFormValue(
        formData(name, stored),
        JSON.stringify(scope === '' ? files : { scope, files }),
      );
    }
    this.#validate(stored.length, { required, uploads, messages, anchor });
    const isNew = keys !== this.#keys;
    this.#keys = keys;
    return isNew;
  }

  /** Returns the stored files of a restored form. They don't count as a change. @param state from the browser */
  restore(state: unknown, bucket: string | undefined): StoredFile[] {
    const files = parseState(state).filter(({ result }) => result.bucket === bucket);
    this.#keys = JSON.stringify(files.map(({ result }) => result.key));
    return files;
  }

  /** Resets the value. This doesn't count as a change. */
  reset(): void {
    this.#keys = '[]';
  }

  #validate(
    storedCount: number,
    { required, uploads, messages, anchor }: Omit<ControlState, 'name' | 'scope'>,
  ): void {
    const unfinished = validationMessage(uploads, messages);
    const message = this.#customError || unfinished;
    if (message) this.#internals.setValidity({ customError: true }, message, anchor);
    else if (required && storedCount === 0) {
      this.#internals.setValidity({ valueMissing: true }, messages.formFileMissing, anchor);
    } else this.#internals.setValidity({});
  }
}

/** Returns why the form can't be submitted: users expect selected files to be submitted, so all of them must be stored. */
function validationMessage(uploads: readonly Upload[], messages: Messages): string {
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

/** Returns the hashed scope of the user whom restored state belongs to. Empty without one. */
export function scopeOfState(state: unknown): string {
  const parsed = parseJson(state);
  return isRecord(parsed) && typeof parsed['scope'] === 'string' ? parsed['scope'] : '';
}

/** Reads restored state. Entries of another shape are skipped. */
function parseState(state: unknown): StoredFile[] {
  const parsed = parseJson(state);
  const entries = isRecord(parsed) ? parsed['files'] : parsed;
  return Array.isArray(entries) ? entries.filter(isStoredEntry).map(toStoredFile) : [];
}

function parseJson(state: unknown): unknown {
  try {
    return typeof state === 'string' ? JSON.parse(state) : undefined;
  } catch {
    return undefined;
  }
}

function isStoredEntry(entry: unknown): entry is StoredEntry {
  if (!isRecord(entry)) return false;
  const { fileName, fileSize, bucket, key, etag, url, verified } = entry;
  return (
    [fileName, bucket, key, etag, url].every((text) => typeof text === 'string') &&
    // Pages may use it as a link.
    /^https?:\/\//.test(url as string) &&
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
