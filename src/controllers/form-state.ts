/** Stored files in the state of a form, which the browser keeps across reloads. Contains no credentials. */

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

type StoredUpload = Upload & { state: Extract<UploadState, { status: 'succeeded' }> };

/** Whether the form submits the key of an upload. */
export function isStored(upload: Upload): upload is StoredUpload {
  return upload.state.status === 'succeeded';
}

/** What the browser keeps of a stored file. */
type StoredEntry = Pick<StoredFile, 'fileName' | 'fileSize' | 'fileType'> &
  Pick<StoredObject, 'bucket' | 'key' | 'etag' | 'url' | 'verified' | 'unverifiedReason'>;

/**
 * Returns what the browser keeps of the stored files.
 *
 * @param bucket of the element
 * @param scope the hashed scope of the user. Empty without one
 */
export function toFormState(uploads: readonly Upload[], bucket: string, scope: string): string {
  const files = uploads.filter(isStored).map((upload) => toEntry(upload, bucket));
  return JSON.stringify(scope === '' ? files : { scope, files });
}

/** Returns the stored files of a restored form. @param state from the browser */
export function fromFormState(state: unknown, bucket: string | undefined): StoredFile[] {
  return parseState(state).filter(({ result }) => result.bucket === bucket);
}

/** Returns why the form can't be submitted: users expect selected files to be submitted, so all of them must be stored. */
export function validationMessage(uploads: readonly Upload[], messages: Messages): string {
  let message = '';
  for (const { state } of uploads) {
    if (isActive(state)) return messages.formUploading;
    if (state.status === 'ready' || state.status === 'paused') message = messages.formUnfinished;
    else if (state.status === 'failed') message ||= messages.formFailed;
  }
  return message;
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
