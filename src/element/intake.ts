/** Takes files in, or says why not: kind, size, number, key, and what the page thinks of them. */

import { isActive, UploadError, type Upload, type Uploader } from '../core/index.js';
import { emit, type RejectReason } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import { isAccepted } from './accept.js';
import type { PickedFile } from './file-picker.js';
import { maxFileSize } from './settings.js';

/** A file that was not taken. */
export interface Rejection {
  file: File;
  reason: RejectReason | 'folder';
}

export class Intake {
  readonly #element: OssResumableUpload;
  readonly #uploader: Uploader;
  readonly #onRejection: (rejection: Rejection) => void;

  constructor(element: OssResumableUpload, uploader: Uploader, onRejection: (rejection: Rejection) => void) {
    this.#element = element;
    this.#uploader = uploader;
    this.#onRejection = onRejection;
  }

  /** Whether an upload has begun and is not over: another file must not take its place. */
  get isBusy(): boolean {
    return this.#uploader.uploads.some(({ state }) => isActive(state) || state.status === 'paused');
  }

  /** @returns the uploads of those that were taken */
  async add(picked: readonly PickedFile[]): Promise<Upload[]> {
    const added: Upload[] = [];
    for (const one of picked) {
      const upload = await this.#add(one, added.length > 0);
      if (upload) added.push(upload);
    }
    return added;
  }

  /** @returns its upload; `undefined` while another one is under way. @throws UploadError `checkpoint-mismatch` */
  addFrom(checkpoint: unknown, file?: File): Upload | undefined {
    if (this.isBusy) return undefined;
    return this.#take(this.#uploader.addFrom(checkpoint, file));
  }

  /** Folders can't be read as files. */
  refuseFolders(folders: readonly File[]): void {
    for (const file of folders) this.#reject(file, 'folder');
  }

  async #add({ file, handle }: PickedFile, isFull: boolean): Promise<Upload | undefined> {
    const reason = this.#reasonAgainst(file, isFull);
    // The file of an earlier visit is welcome, whatever is asked of new ones.
    if (reason && this.#uploader.resumable.length === 0) return this.#reject(file, reason);
    const key = await this.#keyFor(file);
    if (key !== undefined && this.#uploader.findResumable(file, key)) {
      return this.#take(this.#uploader.add(file, key, handle));
    }
    if (reason) return this.#reject(file, reason);
    if (key === undefined) return this.#reject(file, 'empty-key');
    // Making the key may have taken a while.
    if (this.isBusy) return this.#reject(file, 'count');
    if (!emit(this.#element, 'oss-file-add', { file, key }, { cancelable: true })) {
      return this.#reject(file, 'prevented');
    }
    return this.#take(this.#uploader.add(file, key, handle));
  }

  #reasonAgainst(file: File, isFull: boolean): RejectReason | undefined {
    if (isFull || this.isBusy) return 'count';
    if (!isAccepted(file, this.#element.accept)) return 'type';
    if (file.size > maxFileSize(this.#element)) return 'size';
    return undefined;
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

  #reject(file: File, reason: Rejection['reason']): undefined {
    this.#onRejection({ file, reason });
    emit(this.#element, 'oss-file-reject', { file, reason: reason === 'folder' ? 'type' : reason });
  }

  /** There is room for one; what OSS has got of another is nobody's to throw away by the way. */
  #take(upload: Upload): Upload {
    for (const other of this.#uploader.uploads) {
      if (other !== upload && isReplaceable(other)) this.#uploader.remove(other);
    }
    return upload;
  }
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
