/** Which files are accepted: `accept`, size and count. Pure. */

import { isActive, type Upload, type UploadState } from './core/index.js';
import type { RejectReason } from './events.js';

/** Limits on the files that can be added to the list. */
export interface Restrictions {
  /** As on `<input type="file">`. Empty for any file. */
  accept: string | undefined;
  /** Bytes. */
  maxSize: number;
  maxFiles: number;
  /** Whether the list may contain several files. If not, a new file replaces the current one. */
  multiple: boolean;
}

/** Why a file was not added. `duplicate` and `empty-drop` are shown to the user but not reported as an event. */
export interface Rejection {
  /** For `empty-drop`, a file without a name. */
  file: File;
  reason: RejectReason | 'folder' | 'unreadable' | 'key-failed' | 'duplicate' | 'empty-drop';
}

/** A file that was selected for a resumable upload but isn't the file that the upload started with. */
export interface FileMismatch {
  upload: Upload;
  file: File;
  reason: 'other' | 'changed';
}

/** Whether dragged files would be added, or why they would be rejected. */
export type DragState = 'accepted' | 'type' | 'count';

/** File types for `showOpenFilePicker`. */
export interface PickerType {
  /** Extensions by MIME type. Empty for types that the browser knows. */
  accept: Record<string, string[]>;
}

/** A MIME type that no browser knows, so that the picker adds no other extensions. */
const EXTENSIONS_ONLY = 'application/x-any';

/** Returns why a file can't be added, or `undefined` if it can. */
export function rejectReasonFor(
  file: File,
  { accept, maxSize }: Restrictions,
  hasRoom: boolean,
): RejectReason | undefined {
  if (!isAccepted(file, accept)) return 'type';
  if (file.size > maxSize) return 'size';
  return hasRoom ? undefined : 'count';
}

/** Whether another file can be added, or can replace the current one. */
export function hasRoom(
  list: { readonly uploads: readonly Upload[] },
  { multiple, maxFiles }: Restrictions,
): boolean {
  if (!multiple) return !list.uploads.some(({ state }) => isActive(state) || state.status === 'paused');
  if (maxFiles === Infinity) return true;
  return list.uploads.filter(({ state }) => countsTowardsLimit(state)).length < maxFiles;
}

/** Whether a new upload may replace this one. An unfinished upload with stored parts is never replaced. */
export function isReplaceable({ state, checkpoint }: Upload): boolean {
  switch (state.status) {
    case 'ready':
    case 'succeeded':
    case 'cancelled':
      return true;
    case 'failed':
      return checkpoint === undefined;
    case 'preparing':
    case 'uploading':
    case 'waiting':
    case 'paused':
    case 'completing':
    case 'resumable':
      return false;
    default:
      return state satisfies never;
  }
}

/** Whether `accept` matches the file: `.ext`, `type/subtype` or `image/*`. An empty `accept` matches any file. */
export function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, accept: string | undefined): boolean {
  const tokens = acceptTokens(accept);
  if (tokens.length === 0) return true;
  const fileName = name.toLowerCase();
  const mime = type.toLowerCase().replace(/;.*/s, '').trim();
  return tokens.some((token) => {
    if (token.startsWith('.')) return fileName.endsWith(token);
    if (token === '*/*') return true;
    if (token.endsWith('/*')) return mime.startsWith(token.slice(0, -1));
    return mime === token;
  });
}

/**
 * Whether `accept` may match a file of which only the type is known, as during a drag. Folders have no type, and an
 * extension can't be derived from one.
 */
export function mayBeAccepted(type: string, accept: string | undefined): boolean {
  const hasExtensions = acceptTokens(accept).some((token) => token.startsWith('.'));
  return type === '' || hasExtensions || isAccepted({ name: '', type }, accept);
}

/** Converts `accept` for `showOpenFilePicker`. `undefined` for any file, and for what its syntax can't express. */
export function pickerTypes(accept: string | undefined): PickerType[] | undefined {
  const types: Record<string, string[]> = {};
  for (const token of acceptTokens(accept)) {
    if (/^\.[a-z0-9+.]{0,14}[a-z0-9+]$/.test(token)) (types[EXTENSIONS_ONLY] ??= []).push(token);
    else if (/^[a-z]+\/([\w.+-]+|\*)$/.test(token)) types[token] = [];
    else return undefined;
  }
  return Object.keys(types).length > 0 ? [{ accept: types }] : undefined;
}

function countsTowardsLimit({ status }: UploadState): boolean {
  return status !== 'cancelled' && status !== 'resumable';
}

/** Returns the entries of `accept` in lower case. */
export function acceptTokens(accept: string | undefined): string[] {
  return (accept ?? '')
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter(Boolean);
}
