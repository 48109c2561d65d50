/** Makes thumbnails of the files whose rows are rendered, one at a time, and keeps a limited number of them. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Upload } from '../core/index.js';
import { FILE_TIME_LIMIT, withinTime } from '../core/time-limit.js';
import { loadChunk } from '../load-chunk.js';
import { fileKind } from '../presentation/file-kind.js';
import { nextFrame } from '../scheduling.js';

/** Each thumbnail takes up to 58 kB. */
const MAX_THUMBNAILS = 100;
/** Side of the square in the row, in CSS pixels. */
const SIZE = 40;

export interface ThumbnailsHost
  extends
    Pick<ReactiveControllerHost, 'addController' | 'requestUpdate'>,
    Pick<Element, 'isConnected' | 'ownerDocument'> {
  readonly uploads: readonly Upload[];
  readonly noThumbnails: boolean;
}

type MakeThumbnail = (file: Blob, size: number) => Promise<HTMLCanvasElement | undefined>;

/** Loads the decoders with the first image or video. Without them, the list shows icons. */
async function loadDecoders(): Promise<MakeThumbnail | undefined> {
  const load = () => import('../thumbnails/make-thumbnail.js');
  try {
    return (await loadChunk(load, 'make-thumbnail', 'makeThumbnail')).makeThumbnail;
  } catch {
    return undefined;
  }
}

export class ThumbnailsController implements ReactiveController {
  readonly #host: ThumbnailsHost;
  readonly #limit: number;
  /** The least recently rendered first. */
  readonly #pictures = new Map<File, HTMLCanvasElement>();
  /** Files without a thumbnail: they are damaged, too large, of an unknown type, or the decoders were missing. */
  readonly #failed = new WeakSet<File>();
  /** Files in rendered rows. */
  readonly #wanted = new Set<File>();
  #current: File | undefined;
  #isRunning = false;
  #uploads: readonly Upload[] = [];

  /** @param limit thumbnails that are kept */
  constructor(host: ThumbnailsHost, limit = MAX_THUMBNAILS) {
    this.#host = host;
    this.#limit = limit;
    host.addController(this);
  }

  /** Returns the thumbnail of a file whose row is being rendered. If it is still to be made, the host updates later. */
  pictureOf({ file, state }: Upload): HTMLCanvasElement | undefined {
    if (!file || state.status === 'failed' || this.#host.noThumbnails || this.#failed.has(file))
      return undefined;
    const picture = this.#pictures.get(file);
    if (picture) {
      this.#pictures.delete(file);
      this.#pictures.set(file, picture);
    } else if (file !== this.#current && /image|video/.test(fileKind(file))) {
      this.#wanted.add(file);
    }
    return picture;
  }

  hostUpdate(): void {
    this.#wanted.clear();
  }

  hostUpdated(): void {
    this.#releaseRemoved();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#wanted.size === 0) return;
    this.#isRunning = true;
    const makeThumbnail = await loadDecoders();
    // They are loaded again for files that are added later.
    if (!makeThumbnail) for (const { file } of this.#host.uploads) if (file) this.#failed.add(file);
    while (makeThumbnail) {
      // At most one thumbnail a frame, and none while the page is hidden.
      do await nextFrame();
      while (this.#host.ownerDocument.hidden && this.#host.isConnected);
      const [file] = this.#wanted;
      if (!file || !this.#host.isConnected || !this.#makeRoom()) break;
      this.#wanted.delete(file);
      this.#current = file;
      await this.#add(file, makeThumbnail);
      this.#current = undefined;
      this.#host.requestUpdate();
    }
    this.#isRunning = false;
  }

  async #add(file: File, makeThumbnail: MakeThumbnail): Promise<void> {
    const { ownerDocument } = this.#host;
    const ratio = Math.ceil(ownerDocument.defaultView?.devicePixelRatio ?? 1);
    const making = makeThumbnail(file, SIZE * Math.min(Math.max(ratio, 2), 3));
    // A file on a network drive, or a decoder, may never respond.
    const picture = await withinTime(making, FILE_TIME_LIMIT).catch(() => undefined);
    if (picture) this.#pictures.set(file, picture);
    else this.#failed.add(file);
  }

  /** Releases a thumbnail that is not rendered, if there are too many. Returns whether one more can be kept. */
  #makeRoom(): boolean {
    if (this.#pictures.size < this.#limit) return true;
    for (const [file, picture] of this.#pictures) {
      if (picture.isConnected) continue;
      this.#release(file, picture);
      return true;
    }
    return false;
  }

  #releaseRemoved(): void {
    const { uploads, noThumbnails } = this.#host;
    // The list is another array once it has changed.
    if (this.#pictures.size === 0 || (uploads === this.#uploads && !noThumbnails)) return;
    this.#uploads = uploads;
    const listed = new Set(noThumbnails ? [] : uploads.map(({ file }) => file));
    for (const [file, picture] of this.#pictures) {
      // The row of a removed file stays while that can be undone.
      if (!listed.has(file) && !picture.isConnected) this.#release(file, picture);
    }
  }

  /** Frees the memory at once, not at the next garbage collection. */
  #release(file: File, picture: HTMLCanvasElement): void {
    picture.width = 0;
    this.#pictures.delete(file);
  }
}
