/** Takes files in, or says why not: kind, size, number, key, and what the page thinks of them. */

import { isActive, UploadError, type Upload, type Uploader } from '../core/index.js';
import { emit, type RejectReason } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import { isAccepted } from '../restrictions.js';
import type { PickedFile } from './file-picker.js';
import { createYield } from '../scheduling.js';
import { maxFileCount, maxFileSize, takesMany } from '../config.js';

/** A file that was not taken; one that is on the list already is no news to the page. */
export interface Rejection {
  file: File;
  reason: RejectReason | 'folder' | 'unreadable' | 'duplicate';
}

export class Intake {
  readonly #element: OssResumableUpload;
  readonly #uploader: Uploader;
  readonly #onRejection: (rejection: Rejection) => void;
  /** What is on the list, by fingerprint; shared by all that are adding to it at the moment. */
  #listed = new Map<string, Upload>();

  constructor(element: OssResumableUpload, uploader: Uploader, onRejection: (rejection: Rejection) => void) {
    this.#element = element;
    this.#uploader = uploader;
    this.#onRejection = onRejection;
  }

  /** Whether there is room for another file, or for another one in its place. */
  get hasRoom(): boolean {
    if (!takesMany(this.#element)) return !this.#uploader.uploads.some(hasBegun);
    const limit = maxFileCount(this.#element);
    if (limit === Infinity) return true;
    return this.#uploader.uploads.filter(({ state }) => !isElsewhere(state.status)).length < limit;
  }

  /** @returns the uploads of those that were taken, or were on the list already */
  async add(picked: readonly PickedFile[]): Promise<Upload[]> {
    const added = new Set<Upload>();
    this.#listed = new Map(this.#uploader.uploads.map((upload) => [upload.fingerprint, upload]));
    const yieldToMain = createYield();
    for (const one of picked) {
      await yieldToMain();
      const upload = await this.#add(one, added.size > 0);
      if (upload) added.add(upload);
    }
    return [...added];
  }

  /** @returns its upload; `undefined` where there is no room. @throws UploadError `checkpoint-mismatch` */
  addFrom(checkpoint: unknown, file?: File): Upload | undefined {
    if (!this.hasRoom) return undefined;
    return this.#take(this.#uploader.addFrom(checkpoint, file));
  }

  /** What can't be read as files: folders where none are taken, and what the browser fails to read. */
  refuse(files: readonly File[], reason: 'folder' | 'unreadable'): void {
    for (const file of files) this.#reject(file, reason);
  }

  async #add({ file, handle }: PickedFile, hasAdded: boolean): Promise<Upload | undefined> {
    const isMany = takesMany(this.#element);
    const reason = this.#reasonAgainst(file, !isMany && hasAdded);
    // The file of an earlier visit is welcome, whatever is asked of new ones.
    if (reason && this.#uploader.resumable.length === 0) return this.#reject(file, reason);
    const key = await this.#keyFor(file);
    if (key !== undefined && this.#uploader.findResumable(file, key)) {
      return this.#take(this.#uploader.add(file, key, handle));
    }
    if (reason) return this.#reject(file, reason);
    if (key === undefined) return this.#reject(file, 'empty-key');
    const fingerprint = this.#uploader.fingerprintOf(file, key);
    const twin = isMany ? this.#listed.get(fingerprint) : undefined;
    if (twin && twin.state.status !== 'cancelled') return this.#meetAgain(twin, file, handle);
    // Making the key may have taken a while.
    if (!this.hasRoom) return this.#reject(file, 'count');
    if (!emit(this.#element, 'oss-file-add', { file, key }, { cancelable: true })) {
      return this.#reject(file, 'prevented');
    }
    const upload = this.#take(this.#uploader.add(file, key, handle));
    this.#listed.set(fingerprint, upload);
    return upload;
  }

  #reasonAgainst(file: File, isFull: boolean): RejectReason | undefined {
    if (!isAccepted(file, this.#element.accept)) return 'type';
    if (file.size > maxFileSize(this.#element)) return 'size';
    if (isFull || !this.hasRoom) return 'count';
    return undefined;
  }

  /** A file that could not be read any more is there again; any other is on the list once. */
  #meetAgain(twin: Upload, file: File, handle?: FileSystemFileHandle): Upload {
    if (twin.state.status === 'failed') twin.attach(file, handle);
    else this.#onRejection({ file, reason: 'duplicate' });
    return twin;
  }

  async #keyFor(file: File): Promise<string | undefined> {
    try {
      return await this.#uploader.keyFor(file);
    } catch (error) {
      // A function of the page's own that fails is the page's to hear of.
      if (!(error instanceof UploadError)) reportError(error);
      return undefined;
    }
  }

  #reject(file: File, reason: Exclude<Rejection['reason'], 'duplicate'>): undefined {
    this.#onRejection({ file, reason });
    // To the page both are no files.
    const told = reason === 'folder' || reason === 'unreadable' ? 'type' : reason;
    emit(this.#element, 'oss-file-reject', { file, reason: told });
  }

  /** Where there is room for one, what OSS has got of another is nobody's to throw away by the way. */
  #take(upload: Upload): Upload {
    if (takesMany(this.#element)) return upload;
    for (const other of this.#uploader.uploads) {
      if (other !== upload && isReplaceable(other)) this.#uploader.remove(other);
    }
    return upload;
  }
}

/** An upload that is under way, or rests: another file must not take its place. */
function hasBegun({ state }: Upload): boolean {
  return isActive(state) || state.status === 'paused';
}

/** What takes up no room on the list: it is not there, or not yet. */
function isElsewhere(status: Upload['state']['status']): boolean {
  return status === 'cancelled' || status === 'resumable';
}

function isReplaceable({ state, checkpoint }: Upload): boolean {
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
