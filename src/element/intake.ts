/** Takes files in, or says why not: kind, size, number, key, and what the page thinks of them. */

import { isActive, UploadError, type Upload, type Uploader } from '../core/index.js';
import { emit, type RejectReason } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import { isAccepted } from './accept.js';
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
  async add(files: readonly File[]): Promise<Upload[]> {
    const added: Upload[] = [];
    for (const file of files) {
      const upload = await this.#add(file, added.length > 0);
      if (upload) added.push(upload);
    }
    return added;
  }

  /** @returns its upload; `undefined` while another one is under way. @throws UploadError `checkpoint-mismatch` */
  addFrom(checkpoint: unknown, file?: File): Upload | undefined {
    if (this.isBusy) return undefined;
    const upload = this.#uploader.addFrom(checkpoint, file);
    this.#removeAllBut(upload);
    return upload;
  }

  /** Folders can't be read as files. */
  refuseFolders(folders: readonly File[]): void {
    for (const file of folders) this.#reject(file, 'folder');
  }

  async #add(file: File, isFull: boolean): Promise<Upload | undefined> {
    const reason = this.#reasonAgainst(file, isFull);
    if (reason) return this.#reject(file, reason);
    const key = await this.#keyFor(file);
    if (key === undefined) return this.#reject(file, 'empty-key');
    // Making the key may have taken a while.
    if (this.isBusy) return this.#reject(file, 'count');
    if (!emit(this.#element, 'oss-file-add', { file, key }, { cancelable: true })) {
      return this.#reject(file, 'prevented');
    }
    const upload = this.#uploader.add(file, key);
    this.#removeAllBut(upload);
    return upload;
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

  #removeAllBut(upload: Upload): void {
    for (const other of this.#uploader.uploads) if (other !== upload) this.#uploader.remove(other);
  }
}
