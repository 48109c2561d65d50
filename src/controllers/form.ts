/** The element as a form control: its value, its validity, and its state across reloads. */

import {
  isActive,
  isRecord,
  type StoredFile,
  type StoredObject,
  type Upload,
  type UploadState,
} from '../core/index.js';
import { isCount } from '../core/guards.js';
import type { Messages } from '../i18n/types.js';

export interface ControlState {
  bucket: string | undefined;
  /** Whether the value may differ from the default. If not, the browser restores the default of the page. */
  isChanged: boolean;
  /** The hashed scope of the user. Empty without one. */
  scope: string;
  name: string | undefined;
  required: boolean;
  /** The list, and the stored files that a file in it will replace. */
  uploads: readonly Upload[];
  messages: Messages;
  /** Where the browser shows the validation message. */
  anchor: HTMLElement | undefined;
}

type StoredUpload = Upload & { state: Extract<UploadState, { status: 'succeeded' }> };

/** Whether the form submits the key of an upload. */
export function isStored(upload: Upload): upload is StoredUpload {
  return upload.state.status === 'succeeded';
}

/** What the browser keeps of a stored file for form restoration. Contains no credentials. */
type StoredEntry = Pick<StoredFile, 'fileName' | 'fileSize' | 'fileType'> &
  Pick<StoredObject, 'bucket' | 'key' | 'etag' | 'url' | 'verified' | 'unverifiedReason'>;

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
  update(control: ControlState): boolean {
    const { bucket, isChanged, scope, name, uploads } = control;
    const stored = uploads.filter(isStored);
    const keys = JSON.stringify(stored.map(({ key }) => key));
    const submitted = JSON.stringify([scope, bucket, name, keys, isChanged]);
    if (submitted !== this.#submitted) {
      this.#submitted = submitted;
      const files = stored.map((upload) => toEntry(upload, bucket));
      const state = JSON.stringify(scope === '' ? files : { scope, files });
      this.#internals.setFormValue(formData(name, stored), isChanged ? state : null);
    }
    this.#validate(stored.length, control);
    const isNew = keys !== this.#keys;
    this.#keys = keys;
    return isNew;
  }

  /** Returns the stored files of a restored form. @param state from the browser */
  restore(state: unknown, bucket: string | undefined): StoredFile[] {
    return parseState(state).filter(({ result }) => result.bucket === bucket);
  }

  #validate(storedCount: number, { required, uploads, messages, anchor }: ControlState): void {
    // Without a form, there is nothing to submit, and assistive technology must not call a selected file invalid.
    if (!this.#internals.form && !this.#customError) return this.#internals.setValidity({});
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

/** @param bucket of the element, which stores the files that the page lists */
function toEntry({ fileName, fileSize, fileType, state }: StoredUpload, bucket?: string): StoredEntry {
  const { result } = state;
  const { key, etag, verified, unverifiedReason } = result;
  // The page may have signed the URL, and the browser keeps the entry.
  const url = result.url?.includes('?') ? undefined : result.url;
  return {
    fileName,
    fileSize,
    fileType,
    bucket: result.bucket ?? bucket,
    key,
    etag,
    url,
    verified,
    unverifiedReason,
  };
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
  const { fileName, fileSize, fileType, bucket, key, etag, url, verified } = entry;
  return (
    [fileName, bucket, key].every((text) => typeof text === 'string') &&
    [fileType, etag, url].every((text) => text === undefined || typeof text === 'string') &&
    // Pages may use it as a link.
    (url === undefined || /^https?:\/\//.test(url as string)) &&
    (fileSize === undefined || isCount(fileSize)) &&
    (verified === undefined || typeof verified === 'boolean')
  );
}

function toStoredFile({ unverifiedReason, ...entry }: StoredEntry): StoredFile {
  const { fileName, fileSize, fileType, bucket, key, etag, url, verified } = entry;
  const isKnown = unverifiedReason === 'not-exposed' || unverifiedReason === 'switched-off';
  return {
    fileName,
    fileSize,
    ...(fileType !== undefined && { fileType }),
    result: { bucket, key, etag, url, verified, ...(isKnown && { unverifiedReason }) },
  };
}
