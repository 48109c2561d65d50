/**
 * Many files on their way: their options, their order, how many at once, their totals.
 */

import { parseCheckpoint } from './checkpoint.js';
import { errorTexts, type ErrorTexts } from './error-texts.js';
import { UploadError } from './errors.js';
import { checkObjectKey, makeObjectKey, type ObjectKey } from './object-key.js';
import type { BucketLocation, Checksum, Environment, ObjectOptions, OpenGateway } from './ports.js';
import { Upload, type UploadHost, type UploadNotice } from './upload.js';
import { DEFAULT_RETRIES, type RunOptions } from './upload-run.js';
import { isActive, type Progress } from './upload-state.js';

/** What an {@link Uploader} is told. All of it may change at any time; each run of an upload reads it anew. */
export interface UploaderOptions extends Partial<BucketLocation>, ObjectOptions {
  /** Where a file is stored; a template or a function. Default `{name}`. */
  objectKey?: ObjectKey;
  /** Bytes; raised where 10,000 parts would not do. Default `auto`. */
  partSize?: number | 'auto';
  /** Parts of one file under way at once. Default `auto`. */
  parallel?: number | 'auto';
  /** Files under way at once. Default 2. */
  concurrentFiles?: number;
  /** Failures in a row without a byte moved before an upload gives up. Default 5. */
  retries?: number;
  /** The texts of errors, in the person's language. Default English. */
  errorTexts?: ErrorTexts;
  /** Asked before the first byte of an upload leaves; `false` keeps it from beginning. */
  mayBegin?: (upload: Upload, resumed: boolean, bytesKept: number) => boolean;
}

/** What an {@link Uploader} is made of. */
export interface UploaderPorts {
  openGateway: OpenGateway;
  env: Environment;
  /** Absent where verification is switched off. */
  checksum?: Checksum;
}

const DEFAULT_CONCURRENT_FILES = 2;

export class Uploader {
  /** Read by each run; see {@link UploaderOptions}. */
  options: UploaderOptions;
  readonly #ports: UploaderPorts;
  readonly #listeners = new Set<(notice: UploadNotice) => void>();
  readonly #queue = new Set<Upload>();
  #uploads: readonly Upload[] = [];

  constructor(options: UploaderOptions, ports: UploaderPorts) {
    this.options = options;
    this.#ports = ports;
  }

  /** In the order in which they were added. A new array after each change. */
  get uploads(): readonly Upload[] {
    return this.#uploads;
  }

  /** Over all files but those that were cancelled. */
  get progress(): Progress {
    const states = this.#uploads.map(({ state }) => state).filter(({ status }) => status !== 'cancelled');
    const sum = (values: (number | undefined)[]) => values.reduce<number>((a, b) => a + (b ?? 0), 0);
    const loaded = sum(states.map(({ progress }) => progress.loaded));
    const total = sum(states.map(({ progress }) => progress.total));
    const bytesPerSecond = sum(states.map(({ progress }) => progress.bytesPerSecond)) || undefined;
    return {
      loaded,
      total,
      ratio: total === 0 ? 0 : loaded / total,
      bytesPerSecond,
      secondsLeft: bytesPerSecond && (total - loaded) / bytesPerSecond,
    };
  }

  /** Hears of all that happens. @returns a function that ends it */
  subscribe(listener: (notice: UploadNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The key that a file will have. @throws UploadError `key-invalid` */
  async keyFor(file: File): Promise<string> {
    const key = await makeObjectKey(this.options.objectKey ?? '{name}', file, this.#ports.env.now());
    checkObjectKey(key);
    return key;
  }

  /** Takes a file in; it begins at `start`. @param key from {@link keyFor} */
  add(file: File, key: string): Upload {
    const upload = new Upload(file, key, this.#host);
    this.#uploads = [...this.#uploads, upload];
    return upload;
  }

  /**
   * Takes in what ali-oss, or an earlier visit, left off; it goes on at `resume`.
   *
   * @param checkpoint in ali-oss's shape
   * @param file the file itself, where the checkpoint does not hold it
   * @throws UploadError `checkpoint-mismatch` where it is damaged, or not of this file
   */
  addFrom(checkpoint: unknown, file?: File): Upload {
    const parsed = parseCheckpoint(checkpoint);
    const content = file ?? parsed.file;
    if (!content) throw new UploadError('checkpoint-mismatch', { values: { field: 'file' } });
    if (parsed.fileSize !== content.size) {
      throw new UploadError('checkpoint-mismatch', { values: { field: 'fileSize' } });
    }
    const named =
      content instanceof File ? content : new File([content], parsed.name, { type: content.type });
    const upload = this.add(named, parsed.name);
    upload.adopt(parsed, this.options.bucket ?? '');
    return upload;
  }

  /** Begins all that has not begun, as many at once as `concurrentFiles` says. */
  start(): void {
    for (const upload of this.#uploads) if (upload.state.status === 'ready') this.#queue.add(upload);
    this.#beginNext();
  }

  pause(): void {
    this.#queue.clear();
    for (const upload of this.#uploads) upload.pause();
  }

  resume(): void {
    for (const upload of this.#uploads) upload.resume();
  }

  /** Tries all again that failed. */
  retry(): void {
    for (const upload of this.#uploads) if (upload.state.status !== 'cancelled') upload.retry();
  }

  /** Gives up all that has not succeeded. Resolves when OSS has been tidied up as far as it is allowed. */
  async cancel(): Promise<void> {
    this.#queue.clear();
    await Promise.all(this.#uploads.map((upload) => upload.cancel()));
  }

  /** Forgets an upload; one that is under way is cancelled. */
  remove(upload: Upload): void {
    this.#queue.delete(upload);
    this.#uploads = this.#uploads.filter((other) => other !== upload);
    if (isActive(upload.state) || upload.state.status === 'paused' || upload.state.status === 'failed') {
      void upload.cancel();
    }
  }

  /** Forgets all that is over: succeeded and cancelled uploads. */
  clear(): void {
    this.#uploads = this.#uploads.filter(({ state }) => !['succeeded', 'cancelled'].includes(state.status));
  }

  readonly #host: UploadHost = {
    runOptions: () => this.#runOptions(),
    mayBegin: (upload, resumed, bytesKept) => this.options.mayBegin?.(upload, resumed, bytesKept) ?? true,
    notify: (notice) => {
      for (const listener of this.#listeners) listener(notice);
      if (notice.type === 'state') this.#beginNext();
    },
    describe: (error) => error.describe((this.options.errorTexts ?? errorTexts)[error.code]),
  };

  #beginNext(): void {
    const limit = this.options.concurrentFiles ?? DEFAULT_CONCURRENT_FILES;
    for (const upload of this.#queue) {
      if (this.#uploads.filter(({ state }) => isActive(state)).length >= limit) return;
      this.#queue.delete(upload);
      upload.start();
    }
  }

  #runOptions(): RunOptions {
    const { region, bucket, endpoint, cname, pathStyle } = this.options;
    if (!region) throw new UploadError('region-missing');
    if (!bucket) throw new UploadError('bucket-missing');
    const { contentType, overwrite, headers, meta, tags, storageClass, callback } = this.options;
    const { partSize = 'auto', parallel = 'auto', retries = DEFAULT_RETRIES } = this.options;
    return {
      location: { region, bucket, endpoint, cname, pathStyle },
      object: {
        overwrite,
        headers,
        meta,
        tags,
        storageClass,
        callback,
        ...(contentType !== undefined && { contentType }),
      },
      partSize,
      parallel,
      retries,
      ...this.#ports,
    };
  }
}
