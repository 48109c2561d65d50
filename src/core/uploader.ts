/** A list of uploads, with their options, queue and total progress. */

import { parseCheckpoint } from './checkpoints/checkpoint.js';
import {
  bestMatch,
  destinationOf,
  fingerprintOf,
  lockNameOf,
  scopeHashOf,
  type Destination,
} from './checkpoints/fingerprint.js';
import { ResilientStore } from './checkpoints/resilient-store.js';
import { oldestFirst } from './checkpoints/stored-upload.js';
import { errorTexts } from './error-texts.js';
import { setDefaultTexts, UploadError, type ErrorTexts } from './errors.js';
import { isFile, toText } from './guards.js';
import {
  checkObjectKey,
  DEFAULT_OBJECT_KEY,
  makeObjectKey,
  numberedKey,
  type ObjectKey,
  type OnCollision,
} from './object-key.js';
import { invalidOption } from './options/invalid-option.js';
import { parseWholeNumber } from './options/numbers.js';
import { parseFileOptions } from './options/object-options.js';
import { callFunction } from './options/page-function.js';
import { parseOptions } from './options/parse-options.js';
import { isSameOwner, ownerOf, type Owner } from './owner.js';
import type {
  BucketLocation,
  Channel,
  CheckpointStore,
  Checksum,
  Environment,
  Locks,
  ObjectOptions,
  ObjectOptionsFunction,
  OpenGateway,
  StoredCheckpoint,
  StoredUpload,
} from './ports.js';
import { resilientLocks } from './resilient-locks.js';
import { startTimer } from './time-limit.js';
import { DEFAULT_RETRIES, type TransferOptions } from './transfer/multipart-transfer.js';
import { MAX_CONNECTIONS } from './transfer/line.js';
import { PartLimiter } from './transfer/part-limiter.js';
import { MIN_PART_SIZE } from './transfer/part-plan.js';
import { Throughput } from './transfer/transfer-rate.js';
import {
  Upload,
  type StoredFile,
  type UploadHost,
  type UploadIdentity,
  type UploadUpdate,
} from './upload.js';
import { isActive, isQueued, type Progress, type UploadState } from './upload-state.js';
import { SummaryCounter, type UploadSummary } from './upload-summary.js';

type PartialLocation = { [Name in keyof BucketLocation]?: BucketLocation[Name] | undefined };

/** Why and what an uploader has removed because the user has changed. */
export interface OwnerChange {
  /** Number of uploads that were removed from the list. */
  removed: number;
  /** Whether `resumeScope` has changed. If not, the source of credentials has. */
  isScopeNew: boolean;
}

/**
 * Options of an {@link Uploader}. They may change at any time; each transfer reads them when it starts, and fails with
 * `option-invalid` if one of them is invalid.
 */
export interface UploaderOptions extends PartialLocation, ObjectOptions {
  /** Template or function for object keys. Default `{name}`. */
  objectKey?: ObjectKey | undefined;
  /** What happens to a file whose key another file of the list has. Also applies with `overwrite`. Default `reject`. */
  onCollision?: OnCollision | undefined;
  /**
   * Part size: `auto`, bytes, or a number with a unit such as `8MB`. With `auto`, parts take one to four seconds, as far as
   * earlier uploads to the endpoint have shown; at first, they are 4 MiB. Raised if the file would need more than 10,000
   * parts. Default `auto`.
   */
  partSize?: string | number | undefined;
  /**
   * Parts in flight to the bucket at most, of all files in the page: `auto` or a number. With `auto`, up to 6 as long as OSS
   * acknowledges them within about five seconds. Default `auto`.
   */
  parallel?: string | number | undefined;
  /**
   * Files that are uploaded in parallel: `auto` or a number. With `auto`, files share six connections. Each takes as many as it
   * has parts left, 3 at most: two large files are uploaded at once, or six of one part. Three more files of up to 100 KiB are
   * prepared meanwhile. Default `auto`.
   */
  concurrentFiles?: string | number | undefined;
  /** Retries of a request in a row, without progress, before an upload fails. Default 5. */
  retries?: string | number | undefined;
  /** Whether checkpoints are not saved in the browser. */
  noResume?: boolean | undefined;
  /**
   * Separates users who share a browser, such as a user ID: their saved checkpoints, their credentials, and the list. See
   * {@link Uploader.updateOwner}.
   */
  resumeScope?: string | undefined;
  /**
   * Name of the field of the page that the uploads belong to. Unfinished uploads are offered in their own field again.
   * Uploads of a field that isn't on the page are offered in the first field without a name, or else in the first one.
   */
  field?: string | undefined;
  /** Returns settings for the object of one file, which replace those for all objects. */
  objectOptions?: ObjectOptionsFunction | undefined;
  /** Whether checksums are not compared. Without them, a failed `callback` can't be repeated. */
  noVerify?: boolean | undefined;
  /** Called when checkpoints can't be saved, for example because storage is full or blocked. */
  onPersistenceError?: ((cause: unknown) => void) | undefined;
  /** Called when checkpoints can be saved again, and all are saved. */
  onPersistenceRestored?: (() => void) | undefined;
  /** Texts of errors in the user's language. Default English. */
  errorTexts?: ErrorTexts | undefined;
  /** Called after the uploads of another user were removed from the list. See {@link Uploader.updateOwner}. */
  onOwnerChange?: ((change: OwnerChange) => void) | undefined;
  /** Called before an upload sends its first byte, each time it starts or resumes. Return `false` to prevent that. */
  onBeforeStart?: ((upload: Upload, resumed: boolean, bytesKept: number) => boolean) | undefined;
}

/** Options, or a function that returns the current ones. */
export type OptionsSource<Options> = Options | (() => Options);

/** What an {@link Uploader} uses to reach OSS and the browser. */
export interface UploaderPorts {
  openGateway: OpenGateway;
  env: Environment;
  /** Computes checksums. Without it, objects are not verified. */
  checksum?: Checksum | undefined;
  /** Saves checkpoints. Without it, uploads don't survive a reload. */
  store?: CheckpointStore | undefined;
  /** Keeps tabs and elements from sending the same upload twice, and from discarding one that another of them holds. */
  locks?: Locks | undefined;
  /** Tells tabs and elements about changes of saved uploads. Without it, they notice at the next {@link Uploader.restore}. */
  channel?: Channel | undefined;
  /**
   * Opens a file by its handle. Resolves with `undefined` if access is denied or the file is gone. Calls `onPrompt` when
   * it asks the user for permission.
   */
  openHandle?: ((handle: unknown, onPrompt: () => void) => Promise<File | undefined>) | undefined;
  /** Drops the cached credentials of these options. */
  forgetCredentials?: ((options: UploaderOptions) => void) | undefined;
  /** Does what the first request to a bucket would wait for. */
  prepare?: ((location: BucketLocation) => void) | undefined;
  /** Returns the limiter for the parts in flight to a bucket, which several engines may share. Default: one of its own. */
  limiterFor?: ((location: BucketLocation) => PartLimiter) | undefined;
}

/** Uploads that were cancelled or removed, and can be brought back. */
export interface Undoable {
  /** Those that can still be brought back. */
  readonly uploads: readonly Upload[];
  /** Brings back all or some of them in their previous states. Active and queued ones continue, without sending stored parts again. */
  undo(uploads?: readonly Upload[]): void;
  /** Discards those that were not brought back. Resolves when OSS has removed their parts, if the RAM policy allows it. */
  finish(): Promise<void>;
}

/** What an {@link Uploader} reports to its subscribers. */
export type UploaderEvent =
  /** The upload was added to the list. */
  | { type: 'add'; upload: Upload }
  /** The upload was removed from the list. */
  | { type: 'remove'; upload: Upload }
  | UploadUpdate;

const noLocks: Locks = {
  acquire: () => Promise.resolve(() => {}),
  claim: () => Promise.resolve(() => {}),
  claimed: () => Promise.resolve(new Set()),
};

setDefaultTexts(errorTexts);

/** The connected uploaders of this page, in the order in which they were connected. */
const connected = new Set<Uploader>();

/** Connections that one file may occupy, for the automatic choice of how many files are uploaded in parallel. */
const MAX_CONNECTIONS_PER_FILE = MAX_CONNECTIONS / 2;

/** Small files that are prepared while others are sent, so that no connection waits for the next one. */
const SMALL_FILES_AHEAD = 3;

/**
 * Uploads files to OSS.
 *
 * Commands take the IDs of uploads. Without IDs they apply to every upload in the list.
 *
 * @example
 * const upload = uploader.add(file, await uploader.keyFor(file));
 * uploader.subscribe((event) => console.log(event.type, event.upload.state.status));
 * uploader.start();
 */
export class Uploader {
  readonly #getOptions: () => UploaderOptions;
  readonly #ports: UploaderPorts;
  readonly #listeners = new Set<(event: UploaderEvent) => void>();
  /** In the order in which they were added, with those that were {@link #setAside}. */
  readonly #uploads = new Map<string, Upload>();
  /** Uploads that were removed from the list and keep their place in it. */
  readonly #setAside = new Set<Upload>();
  /**
   * Uploads of the same file that store its object under a key, by key in Unicode normal form. May be outdated: see
   * {@link #ownersOf}.
   */
  readonly #keyOwners = new Map<string, Set<Upload>>();
  /** Uploads that an earlier visit started. */
  readonly #restored = new Set<Upload>();
  /**
   * Unfinished uploads to the current destination that the last {@link restore} has not listed: other tabs and elements held
   * them, or no part was stored.
   */
  #unlisted: readonly UploadIdentity[] = [];
  #isSomeClaimed = false;
  /** Queued uploads in the order in which they start. Updated with each state. */
  readonly #queue = new Set<Upload>();
  /** Uploads that count towards `concurrentFiles`. Updated with each state. */
  readonly #running = new Set<Upload>();
  readonly #summary = new SummaryCounter();
  readonly #limiter: PartLimiter;
  readonly #throughput = new Throughput();
  /** Bytes sent, and bytes acknowledged, since the page was loaded, of all files. */
  readonly #transferred = { loaded: 0, stored: 0 };
  readonly #host: UploadHost;
  #list: readonly Upload[] | undefined;
  #hasPruned = false;
  /** Whom the list belongs to. `undefined` before the first use. */
  #owner: Owner | undefined;
  /** Aborted when the list gets another owner. */
  #ownership = new AbortController();
  /** Uploads that were removed from the list while they ran. */
  readonly #leaving = new Set<Upload>();
  /**
   * Owners of saved uploads that were removed from the list, by fingerprint. Resumable uploads have none: nobody has used them
   * since the page was loaded.
   */
  readonly #ownersOfRemoved = new Map<string, Owner>();
  /** Whether several uploads are being changed. Meanwhile no queued upload starts. */
  #isHoldingQueue = false;
  /** Calls of {@link suspend} that have not ended. */
  #suspensions = 0;

  /** @param options an object, or a function that returns the current options; read whenever they are needed */
  constructor(options: OptionsSource<UploaderOptions>, ports: UploaderPorts) {
    this.#getOptions = typeof options === 'function' ? options : () => options;
    this.#ports = ports;
    this.#limiter = new PartLimiter(ports.env);
    this.#host = {
      env: ports.env,
      store: new ResilientStore(() => (this.options.noResume ? undefined : ports.store), ports.env, {
        // An error that a callback throws is reported as uncaught, and doesn't count as a failure of the store.
        onFailure: (cause) => queueMicrotask(() => this.options.onPersistenceError?.(cause)),
        onRecovery: () => queueMicrotask(() => this.options.onPersistenceRestored?.()),
      }),
      noStore: new ResilientStore(() => undefined, ports.env, { onFailure: () => {}, onRecovery: () => {} }),
      locks: resilientLocks(ports.locks ?? noLocks, ports.env),
      announceChange: () => ports.channel?.post(),
      field: () => this.options.field,
      openHandle: async (...args) => ports.openHandle?.(...args),
      transferOptions: () => this.#transferOptions(),
      objectOptions: (file, key) => this.#objectOptions(file, key),
      identify: (file, key) => ({
        fingerprint: fingerprintOf(file, this.#destination, key),
        destination: destinationOf(this.#destination),
      }),
      isListed: (upload) => this.#isListed(upload),
      ownership: () => this.#ownership.signal,
      reserveKey: (upload, key) => this.#reserveKey(upload, key),
      localize: (error) => this.#localize(error),
      isSuspended: () => this.#suspensions > 0,
      onBeforeStart: (...args) => this.options.onBeforeStart?.(...args) ?? true,
      emit: (event) => this.#onUpdate(event),
    };
  }

  /** The current options. Read only: modify the object that you passed, or pass a function. */
  get options(): UploaderOptions {
    return this.#getOptions();
  }

  /** All uploads, in the order in which they were added. A new array after each change. */
  get uploads(): readonly Upload[] {
    return (this.#list ??= this.all.filter((upload) => !this.#setAside.has(upload)));
  }

  /** Returns the upload with this ID, if it is in the list. */
  get(id: string): Upload | undefined {
    const upload = this.#uploads.get(id);
    return upload && !this.#setAside.has(upload) ? upload : undefined;
  }

  /** All uploads, including removed ones that can be brought back, in the order in which they were added. */
  get all(): readonly Upload[] {
    return [...this.#uploads.values()];
  }

  /** Counts and total progress of all uploads, except cancelled and resumable ones. */
  get summary(): UploadSummary {
    return { ...this.#summary.counts, progress: this.progress };
  }

  /** Total progress of all uploads, except cancelled and resumable ones. */
  get progress(): Progress {
    const progress = this.#summary.progress;
    const sending = this.#sending();
    if (sending.length === 0) return progress;
    const isBuffered = sending.some((upload) => upload.isBuffered);
    const { pending } = this.#summary;
    const estimate = this.#throughput.estimate(this.#ports.env.now(), pending, isBuffered);
    return estimate.bytesPerSecond ? { ...progress, ...estimate } : progress;
  }

  /** Calls `listener` on every event. Returns a function that unsubscribes it. */
  subscribe(listener: (event: UploaderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Returns the object key for a file.
   *
   * @throws UploadError `key-invalid` if the key is invalid, `option-invalid` if `objectKey` is
   */
  async keyFor(file: File): Promise<string> {
    this.updateOwner();
    try {
      const { env } = this.#ports;
      const key = await makeObjectKey(this.#destination.objectKey, file, env.now(), env);
      checkObjectKey(key);
      return key;
    } catch (error) {
      throw this.#localize(UploadError.from(error));
    }
  }

  /**
   * Adds a file, which is uploaded after `start()`. If it is the file of a resumable upload, that upload is returned
   * instead, and continues after `resume()`. If a failed upload waits for it, that one continues after `retry()`. With
   * `onCollision: 'rename'`, the key may get a number: see {@link uniqueKey}.
   *
   * @param key from {@link keyFor}
   * @param handle opens the file again after a reload, in browsers with File System Access
   * @throws UploadError `duplicate-key` if another file of the list has this key
   */
  add(file: File, key: string, handle?: unknown): Upload {
    this.updateOwner();
    const resumable = this.findResumable(file, key);
    if (resumable) {
      resumable.attach(file, handle);
      return resumable;
    }
    const unique = this.uniqueKey(file, key);
    if (unique === undefined) {
      throw this.#localize(new UploadError('duplicate-key', { values: { name: file.name, key } }));
    }
    const identity = this.#unlistedIdentity(file, key);
    return this.#add(new Upload({ file, key: unique, requestedKey: key, identity, handle }, this.#host));
  }

  /**
   * Returns the identity of the unlisted upload of this file, which may have had another date or name form. With the same
   * identity, this uploader waits for another tab or element, and finds the checkpoint instead of sending parts again.
   */
  #unlistedIdentity(file: File, key: string): UploadIdentity | undefined {
    return bestMatch(this.#unlisted, this.fingerprintOf(file, key));
  }

  /**
   * Returns the key under which {@link add} would store a file, so that no two files of the list share one: the key
   * itself or, with `onCollision: 'rename'`, one with a number such as `photo (2).jpg`. The same file may have its key
   * again. The keys of cancelled uploads are free.
   *
   * @param key from {@link keyFor}
   * @param replaced uploads that the file replaces
   * @returns `undefined` if another file has the key
   */
  uniqueKey(file: File, key: string, replaced: readonly Upload[] = []): string | undefined {
    const fingerprint = this.fingerprintOf(file, key);
    const isFree = (candidate: string) =>
      this.#ownersOf(candidate).every(
        (owner) => owner.fingerprint === fingerprint || replaced.includes(owner),
      );
    if (isFree(key)) return key;
    if (this.options.onCollision !== 'rename') return undefined;
    for (let number = 2; ; number++) {
      const candidate = numberedKey(key, number);
      if (candidate === undefined || isFree(candidate)) return candidate;
    }
  }

  /** Uploads of earlier visits that wait for their files. */
  get resumable(): Upload[] {
    return [...this.#restored].filter(({ state }) => state.status === 'resumable');
  }

  /**
   * Returns the resumable upload, or the failed upload with an unreadable file, that waits for this file, or for one that
   * differs only in its date or in the Unicode form of its name. If several of those wait, none is returned.
   *
   * @param key from {@link keyFor}
   */
  findResumable(file: File, key: string): Upload | undefined {
    const waiting = [...this.resumable, ...this.#unreadable];
    if (waiting.length === 0) return undefined;
    return bestMatch(waiting, this.fingerprintOf(file, key));
  }

  /** Returns a string that is equal for the same file at the same destination. @param key from {@link keyFor} */
  fingerprintOf(file: File, key: string): string {
    return this.#host.identify(file, key).fingerprint;
  }

  /**
   * Attaches the file to a resumable upload, or replaces the unreadable file of a failed one.
   *
   * @throws UploadError `file-changed` if the size differs, `checkpoint-mismatch` if the name differs
   */
  attach(id: string, file: File, handle?: unknown): void {
    this.get(id)?.attach(file, handle);
  }

  /**
   * Connects the uploader to the page: its `field` is on the page, and `onChange` is called when another tab or element has
   * claimed, released, finished or discarded an upload. Call {@link restore} then.
   *
   * @returns a function that disconnects it: other tabs and elements may continue or discard its unfinished uploads while
   *   they don't run. The uploader can be connected again.
   */
  connect(onChange: () => void): () => void {
    const { channel } = this.#ports;
    const { field } = this.options;
    for (const upload of this.all) upload.reclaim();
    const unsubscribe = channel?.subscribe(onChange);
    const isOfferedElsewhere = [...connected].some(({ resumable }) =>
      resumable.some((upload) => field && upload.field === field),
    );
    connected.add(this);
    if (isOfferedElsewhere) channel?.post();
    return () => {
      connected.delete(this);
      unsubscribe?.();
      for (const upload of this.all) void upload.release();
    };
  }

  /**
   * Adds the unfinished uploads of earlier visits to the current destination and field, and removes resumable uploads to
   * other ones. Skips and removes those that another tab or element holds, has finished or has discarded. Skips those
   * without a stored part: add their files again.
   *
   * @returns the added uploads
   */
  async restore(): Promise<Upload[]> {
    this.updateOwner();
    const ownership = this.#ownership.signal;
    const destination = destinationOf(this.#destination);
    this.#removeResumable((upload) => this.#isForOtherDestination(upload));
    this.#prune();
    const { locks, store } = this.#host;
    const listed = new Set(this.resumable);
    // An upload may be claimed or finished between the calls.
    const claimed = [await locks.claimed()];
    const all = await store.list();
    claimed.push(await locks.claimed());
    this.updateOwner();
    // The destination may have changed meanwhile, and a concurrent call may have found the same uploads.
    if (!all || ownership.aborted || destination !== destinationOf(this.#destination)) return [];
    const isClaimed = ({ fingerprint }: StoredUpload) => {
      const name = lockNameOf(fingerprint);
      return claimed.some((names) => names.has(name));
    };
    const here = all.filter(
      ({ upload }) => upload.destination === destination && !this.#isOfOtherOwner(upload),
    );
    // Without a part, there is nothing to continue. If OSS has one nevertheless, it is found when the file is added again.
    const isListable = ({ upload, parts }: StoredCheckpoint) => parts.length > 0 && !isClaimed(upload);
    // Of several checkpoints of a file, the newest is the one that an upload of it finds.
    const newest = new Map(
      oldestFirst(here.filter(isListable)).map((checkpoint) => [checkpoint.upload.fingerprint, checkpoint]),
    );
    const offered = [...newest.values()].filter(({ upload }) => this.#isOfferedHere(upload));
    const own = new Set(this.all.map(({ fingerprint }) => fingerprint));
    this.#isSomeClaimed = here.some(({ upload }) => isClaimed(upload) && !own.has(upload.fingerprint));
    this.#unlisted = here
      .filter((checkpoint) => !isListable(checkpoint) && !own.has(checkpoint.upload.fingerprint))
      .map(({ upload: { fingerprint } }) => ({ fingerprint, destination }));
    const savedAt = new Map(offered.map(({ upload }) => [upload.id, upload.savedAt]));
    this.#removeResumable((upload) => {
      const { id, state } = upload;
      return listed.has(upload) && state.status === 'resumable' && savedAt.get(id) !== state.savedAt;
    });
    const known = new Set(this.all.map(({ fingerprint }) => fingerprint));
    const found = offered.filter(({ upload }) => !known.has(upload.fingerprint));
    return found.map((checkpoint) => {
      const upload = new Upload(checkpoint, this.#host);
      this.#restored.add(upload);
      return this.#add(upload);
    });
  }

  /** Whether the last {@link restore} found an upload that another tab or element holds. */
  get isSomeClaimed(): boolean {
    return this.#isSomeClaimed;
  }

  /**
   * Adds an upload from a checkpoint that ali-oss or an earlier visit made. It continues after `resume()`.
   *
   * @param checkpoint in the shape of ali-oss
   * @param file the file, if the checkpoint doesn't hold it
   * @throws UploadError `checkpoint-mismatch` if the checkpoint is damaged or belongs to another file
   */
  addFrom(checkpoint: unknown, file?: File): Upload {
    this.updateOwner();
    return this.#localizing(() => {
      const parsed = parseCheckpoint(checkpoint);
      const content = file ?? parsed.file;
      if (!content) throw new UploadError('checkpoint-mismatch', { values: { field: 'file' } });
      if (parsed.fileSize !== content.size) {
        throw new UploadError('checkpoint-mismatch', { values: { field: 'fileSize' } });
      }
      const named = isFile(content) ? content : new File([content], parsed.name, { type: content.type });
      const resumable = this.resumable.find(({ checkpoint }) => checkpoint?.uploadId === parsed.uploadId);
      if (resumable && named === content) {
        resumable.attach(named);
        return resumable;
      }
      const upload = this.#add(new Upload({ file: named, key: parsed.name }, this.#host));
      upload.adopt(parsed, this.#destination.bucket);
      return upload;
    });
  }

  /**
   * Adds a file that is stored already, so that a form shows and submits it.
   *
   * @param file or a succeeded upload that was removed
   */
  addStored(file: StoredFile | Upload): Upload {
    this.updateOwner();
    return this.#add(file instanceof Upload ? file : new Upload(file, this.#host));
  }

  /**
   * Gets ready for an upload that is likely to follow: loads the SDK, requests credentials from `credentialsUrl` unless they
   * are known, and connects to the bucket. The element does this when the user opens the file picker or drags files over it.
   * `getCredentials` is not called, because it may ask the user something. Errors are left to the upload.
   *
   * @example
   * button.onpointerenter = () => uploader.prepare();
   */
  prepare(): void {
    this.updateOwner();
    const { errors, location } = parseOptions(this.options, this.#ports.env.page?.());
    if (errors.length === 0) this.#ports.prepare?.(location);
  }

  /** Starts uploads that have not started, as many in parallel as `concurrentFiles` allows. The others are queued. */
  start(ids?: Iterable<string>): void {
    this.updateOwner();
    this.#enqueue(this.#select(ids), 'ready');
  }

  /** Pauses active and queued uploads. Completed parts are kept. */
  pause(ids?: Iterable<string>): void {
    this.#holdQueue(() => {
      for (const upload of this.#select(ids)) upload.pause();
    });
  }

  /** Resumes paused uploads and ends waits. A resumable upload is resumed only by its ID. */
  resume(ids?: Iterable<string>): void {
    this.updateOwner();
    for (const upload of this.#select(ids)) {
      const { status } = upload.state;
      if (status === 'waiting' || (status === 'resumable' && ids)) upload.resume();
    }
    this.#enqueue(this.#select(ids), 'paused');
  }

  /** Retries failed uploads and ends waits. */
  retry(ids?: Iterable<string>): void {
    this.updateOwner();
    for (const upload of this.#select(ids)) if (upload.state.status === 'waiting') upload.retry();
    this.#enqueue(this.#select(ids), 'failed');
  }

  /**
   * Cancels all unfinished uploads, except resumable ones, which are cancelled only by their IDs.
   * Resolves when OSS has removed their parts, if the RAM policy allows it.
   */
  async cancel(ids?: Iterable<string>): Promise<void> {
    const uploads = this.#select(ids).filter(({ state }) => ids || state.status !== 'resumable');
    await Promise.all(this.#holdQueue(() => uploads.map((upload) => upload.cancel())));
  }

  /**
   * Removes uploads from the list. Unfinished ones are cancelled.
   * Resolves when OSS has removed their parts, if the RAM policy allows it.
   */
  async remove(ids: Iterable<string>): Promise<void> {
    const uploads = this.#select(ids);
    this.#remove(uploads);
    await discard(uploads);
  }

  /**
   * Cancels uploads like {@link cancel}, but keeps their parts until the returned `finish()` is called. If the page is closed
   * first, the next visit can resume them. Uploads that it couldn't resume are cancelled without Undo.
   *
   * @example
   * const { undo, finish } = uploader.cancelUndoable([upload.id]);
   * const timer = setTimeout(finish, 8_000);
   * undoButton.onclick = () => {
   *   clearTimeout(timer);
   *   undo();
   * };
   */
  cancelUndoable(ids?: Iterable<string>): Undoable {
    const uploads = this.#select(ids).filter(
      ({ state }) => state.status !== 'cancelled' && (ids || state.status !== 'resumable'),
    );
    const continued = new Set(uploads.filter(({ state }) => isActive(state) || isQueued(state)));
    const kept = this.#holdQueue(() => uploads.filter((upload) => upload.cancelUndoable()));
    void this.cancel(uploads.filter(({ state }) => state.status !== 'cancelled').map(({ id }) => id));
    const list = () => kept.filter(({ canUndoCancel }) => canUndoCancel);
    return {
      get uploads() {
        return list();
      },
      undo: (undone = list()) => {
        for (const upload of undone) upload.undoCancel();
        this.#enqueue(undone.filter((upload) => continued.has(upload)));
      },
      finish: () => discard(list()),
    };
  }

  /**
   * Removes inactive uploads from the list like {@link remove}, but keeps their parts until the returned `finish()` is
   * called. If the page is closed first, the next visit can resume them. Uploads that it couldn't resume are removed without
   * Undo.
   */
  removeUndoable(ids: Iterable<string>): Undoable {
    const uploads = this.#select(ids);
    const kept = uploads.filter(({ isRecoverable }) => isRecoverable);
    this.#remove(kept, { keepsPlace: true });
    void this.remove(uploads.map(({ id }) => id));
    const list = () => kept.filter((upload) => this.#setAside.has(upload));
    return {
      get uploads() {
        return list();
      },
      undo: (undone = list()) => {
        for (const upload of undone) if (this.#setAside.delete(upload)) this.#putBack(upload);
        this.#startNext();
      },
      finish: () => {
        const gone = list();
        this.#remove(gone);
        return discard(gone);
      },
    };
  }

  #putBack(upload: Upload): void {
    if (upload.state.status === 'resumable') this.#restored.add(upload);
    this.#add(upload);
    this.#follow(upload, upload.state);
  }

  /** Calls `callback` after `ms` milliseconds, by the clock of the environment. Returns a function that cancels it. */
  startTimer(ms: number, callback: () => void): () => void {
    return startTimer(ms, callback, this.#ports.env);
  }

  /** Removes succeeded and cancelled uploads from the list. */
  clear(): void {
    const uploads = this.uploads.filter(({ state }) => ['succeeded', 'cancelled'].includes(state.status));
    this.#remove(uploads);
    void discard(uploads);
  }

  /**
   * Removes all uploads from the list except resumable ones. Stored parts are kept and found again by {@link restore}; if
   * checkpoints are not saved, the uploads are cancelled. Resolves when no transfer is running.
   */
  async reset(): Promise<void> {
    const uploads = this.uploads.filter(({ state }) => state.status !== 'resumable');
    this.pause(uploads.map(({ id }) => id));
    this.#rememberOwner(uploads);
    this.#remove(uploads);
    this.#trackUntilRest(uploads);
    const isSaved = this.#ports.store !== undefined && !this.options.noResume;
    const isKept = ({ state }: Upload) => isSaved && state.status !== 'cancelled';
    await Promise.all(
      uploads.map((upload) =>
        isKept(upload) ? Promise.all([upload.release(), upload.atRest]) : upload.cancel(),
      ),
    );
  }

  /**
   * Pauses everything. Returns a function that resumes what was active or queued. Until then, nothing starts: commands only
   * change what will be active. With several suspensions, uploads resume when the last one ends.
   */
  suspend(): () => void {
    const active = this.uploads.filter(({ state }) => isActive(state));
    const suspended = [...active, ...this.#queue];
    this.pause();
    this.#suspensions++;
    this.#enqueue(suspended);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#suspensions--;
      this.#startNext();
    };
  }

  /**
   * Drops the credentials, for example when the user signs out. All uploaders of the page with the same source and
   * `resumeScope` share them. The next request asks for new ones, also that of a running upload. A request for credentials
   * that is under way is aborted, and its response is ignored.
   *
   * @example
   * uploader.pause();
   * uploader.forgetCredentials();
   */
  forgetCredentials(): void {
    this.#ports.forgetCredentials?.(this.options);
  }

  /**
   * Compares the current options with those of the last use. If the user is another one, stops and removes all uploads, and
   * drops their credentials. Saved checkpoints stay, for their own user. The uploader does this itself whenever it is used,
   * and before it requests credentials. Call it to do that immediately.
   *
   * The user is another one if
   * - `resumeScope` differs,
   * - `credentialsUrl` or `withCredentials` differs, or the source is a function instead of a URL, or the reverse,
   * - without `resumeScope`: `credentialsInit` has other content, or `getCredentials` other source code.
   *
   * Another function with the same source code, as a framework creates it at each rendering, is not another user. While
   * `resumeScope` stays the same, neither are new headers or another function: the next request uses them.
   * A source or `credentialsInit` that is set for the first time is no change, and neither is a `resumeScope` that is set
   * before a file is added. Files that the page lists as stored don't count.
   *
   * @example
   * options.resumeScope = user.id;
   * uploader.updateOwner();
   */
  updateOwner(): void {
    const previous = this.#owner;
    const owner = ownerOf(this.options, this.#ports.env.page?.());
    this.#owner = owner;
    if (!previous || isSameOwner(previous, owner)) return;
    const isNamedFirst =
      previous.scope === '' && owner.scope !== '' && this.all.every(({ isOfPage }) => isOfPage);
    if (isNamedFirst) return;
    this.#ports.forgetCredentials?.(previous.options as UploaderOptions);
    const removed = this.uploads.length;
    this.#removeAll(previous);
    reportErrors(() => this.options.onOwnerChange?.({ removed, isScopeNew: previous.scope !== owner.scope }));
  }

  /**
   * Forgets saved checkpoints: removes resumable uploads from the list, and never saves the other ones in it again. They are
   * not stopped. `forget()` calls this for all uploaders of the page, and erases storage.
   *
   * @param scopeHash of the user, or `undefined` for all users
   */
  async forgetSaved(scopeHash: string | undefined): Promise<void> {
    const forgotten = new Set(
      [...this.all, ...this.#leaving].filter(
        ({ destination }) => scopeHash === undefined || scopeHashOf(destination) === scopeHash,
      ),
    );
    this.#removeResumable((upload) => forgotten.has(upload));
    await Promise.all([...forgotten].map((upload) => upload.forget()));
  }

  /** Remembers uploads that were removed from the list until they save nothing any more. */
  #trackUntilRest(uploads: readonly Upload[]): void {
    for (const upload of uploads) {
      this.#leaving.add(upload);
      void upload.atRest.then(() => this.#leaving.delete(upload));
    }
  }

  /** Stops all uploads and removes them from the list. Their checkpoints stay. */
  #removeAll(owner: Owner): void {
    const uploads = this.all;
    this.#rememberOwner(uploads, owner);
    this.pause();
    this.#ownership.abort(new DOMException('The user has changed.', 'AbortError'));
    this.#ownership = new AbortController();
    this.#unlisted = [];
    this.#remove(uploads);
    this.#trackUntilRest(uploads);
    for (const upload of uploads) {
      // An upload that is completed can't be paused, and reports nothing any more.
      this.#running.delete(upload);
      void upload.leave();
    }
  }

  /** Whether a saved upload was in the list of another user. Without `resumeScope`, it doesn't tell. */
  #isOfOtherOwner({ fingerprint }: StoredUpload): boolean {
    const owner = this.#ownersOfRemoved.get(fingerprint);
    return owner !== undefined && this.#owner !== undefined && !isSameOwner(owner, this.#owner);
  }

  #rememberOwner(uploads: readonly Upload[], owner = this.#owner): void {
    for (const { fingerprint, state } of uploads) {
      if (owner && state.status !== 'resumable') this.#ownersOfRemoved.set(fingerprint, owner);
    }
  }

  /** Sets the texts of all errors in the list, after the language has changed. */
  localizeErrors(): void {
    for (const { state } of this.all) if ('error' in state && state.error) this.#localize(state.error);
  }

  /** Failed uploads whose files have become unreadable. */
  get #unreadable(): Upload[] {
    if (this.#summary.counts.failed === 0) return [];
    return this.uploads.filter(
      ({ state }) => state.status === 'failed' && state.error.code === 'file-unreadable',
    );
  }

  #select(ids?: Iterable<string>): Upload[] {
    if (!ids) return [...this.uploads];
    return [...ids].map((id) => this.get(id)).filter((upload) => upload !== undefined);
  }

  #add(upload: Upload): Upload {
    this.#uploads.set(upload.id, upload);
    this.#reserveKey(upload, upload.key);
    this.#list = undefined;
    this.#summary.update(upload.id, upload.state);
    this.#emit({ type: 'add', upload });
    return upload;
  }

  /** Returns the uploads in the list that store their object under this key. */
  #ownersOf(key: string): Upload[] {
    // People and file systems can't tell the normal forms apart.
    const normalized = key.normalize();
    return [...(this.#keyOwners.get(normalized) ?? [])].filter(
      (owner) =>
        owner.key.normalize() === normalized && owner.state.status !== 'cancelled' && this.#isListed(owner),
    );
  }

  /** Makes an upload an owner of a key, unless another file of the list has it. @returns whether it is an owner */
  #reserveKey(upload: Upload, key: string): boolean {
    const owners = this.#ownersOf(key).filter((owner) => owner !== upload);
    if (owners.some(({ fingerprint }) => fingerprint !== upload.fingerprint)) return false;
    this.#keyOwners.set(key.normalize(), new Set([...owners, upload]));
    return true;
  }

  #remove(uploads: readonly Upload[], { keepsPlace = false } = {}): void {
    const listed = uploads.filter((upload) => this.#isListed(upload));
    for (const upload of uploads) {
      if (keepsPlace) {
        this.#setAside.add(upload);
      } else {
        this.#uploads.delete(upload.id);
        this.#setAside.delete(upload);
      }
      const key = upload.key.normalize();
      const owners = this.#keyOwners.get(key);
      if (owners?.delete(upload) && owners.size === 0) this.#keyOwners.delete(key);
      this.#restored.delete(upload);
      this.#queue.delete(upload);
      this.#summary.update(upload.id, undefined);
    }
    this.#list = undefined;
    for (const upload of listed) this.#emit({ type: 'remove', upload });
  }

  #removeResumable(isGone: (upload: Upload) => boolean): void {
    const gone = this.resumable.filter(isGone);
    this.#remove(gone);
    // One of them may be waiting for its file.
    for (const upload of gone) void upload.release();
  }

  /** Deletes expired checkpoints, once. Unless checkpoints aren't saved, the store does so itself. */
  #prune(): void {
    if (this.#hasPruned || !this.options.noResume) return;
    this.#hasPruned = true;
    this.#ports.store?.prune?.().catch(() => {});
  }

  /** Whether an unfinished upload belongs to the field of this uploader, or to no other one. */
  #isOfferedHere({ destination, field }: StoredUpload): boolean {
    const own = this.options.field;
    if ((field || undefined) === (own || undefined)) return true;
    const present = [...connected].filter((other) => destinationOf(other.#destination) === destination);
    if (!present.includes(this)) return !field || !own;
    if (present.some(({ options }) => (options.field ?? '') === (field ?? ''))) return false;
    return this === (present.find(({ options }) => !options.field) ?? present[0]);
  }

  /** Queues uploads and starts as many as there is room for. @param status only uploads with this status */
  #enqueue(uploads: Iterable<Upload>, status?: UploadState['status']): void {
    this.#holdQueue(() => {
      for (const upload of uploads) if (!status || upload.state.status === status) upload.enqueue();
    });
  }

  /** Runs a change of several uploads, and starts queued ones only afterwards. */
  #holdQueue<T>(change: () => T): T {
    const wasHolding = this.#isHoldingQueue;
    this.#isHoldingQueue = true;
    try {
      return change();
    } finally {
      this.#isHoldingQueue = wasHolding;
      this.#startNext();
    }
  }

  /** Not reentrant, so that uploads start in the order of the queue. */
  #startNext(): void {
    if (this.#isHoldingQueue || this.#suspensions > 0) return;
    this.#isHoldingQueue = true;
    for (const upload of this.#queue) {
      if (!this.#hasRoomFor(upload)) break;
      startUpload(upload);
    }
    this.#isHoldingQueue = false;
  }

  /** Whether this upload is in the list. A restored upload has the ID of the removed one that it continues. */
  #isListed(upload: Upload): boolean {
    return this.get(upload.id) === upload;
  }

  #hasRoomFor(next: Upload): boolean {
    const limit = parseWholeNumber('concurrent-files', this.options.concurrentFiles, 1, () => undefined);
    if (limit !== undefined) return this.#running.size < limit;
    let connections = connectionsFor(next);
    for (const upload of this.#running) connections += connectionsFor(upload);
    return connections <= MAX_CONNECTIONS + (isSmall(next) ? SMALL_FILES_AHEAD : 0);
  }

  /** Uploads that are sending bytes. */
  #sending(): Upload[] {
    return [...this.#running].filter(({ state }) => state.status === 'uploading');
  }

  #onUpdate(event: UploadUpdate): void {
    const { upload } = event;
    if (event.type === 'state') {
      this.#measureState(upload, event.to);
      // Forms report no progress before.
      if (event.to.status === 'succeeded' && !event.to.result.reused) this.#measureProgress(upload);
      this.#follow(upload, event.to);
      if ('error' in event.to && event.to.error) this.#localize(event.to.error);
    } else if (event.type === 'progress') {
      this.#measureProgress(upload);
    } else if (event.type === 'retry') {
      this.#localize(event.error);
    }
    if (event.type !== 'part' && this.#isListed(upload)) {
      this.#summary.update(upload.id, upload.state);
    }
    this.#emit(event);
    // The last parts of a file leave connections to the next one.
    if (event.type === 'state' || event.type === 'part') this.#startNext();
  }

  /** Updates the queue and the running uploads after a state change. */
  #follow(upload: Upload, state: UploadState): void {
    if (takesRoom(state)) this.#running.add(upload);
    else this.#running.delete(upload);
    if (isQueued(state) && this.#isListed(upload)) this.#queue.add(upload);
    else this.#queue.delete(upload);
  }

  #measureState(upload: Upload, to: UploadState): void {
    if (to.status !== 'uploading') return;
    // Time without sending must not lower the throughput.
    const isFirst = this.#sending().every((other) => other === upload);
    if (!isFirst) return;
    this.#throughput.reset(this.#ports.env.now(), this.#transferred);
  }

  /** Counts what was sent and acknowledged since the last update of an upload. */
  #measureProgress(upload: Upload): void {
    const known = this.#isListed(upload) ? this.#summary.progressOf(upload.id) : undefined;
    if (!known) return;
    const { loaded, stored } = upload.state.progress;
    this.#transferred.loaded += Math.max(0, loaded - known.loaded);
    this.#transferred.stored += Math.max(0, stored - known.stored);
    this.#throughput.add(this.#ports.env.now(), this.#transferred);
  }

  #emit(event: UploaderEvent): void {
    for (const listener of this.#listeners) reportErrors(() => listener(event));
  }

  /** The only place where errors get texts in the user's language. */
  #localize(error: UploadError): UploadError {
    const { errorTexts } = this.options;
    return errorTexts ? error.describe(errorTexts) : error;
  }

  #localizing<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw error instanceof UploadError ? this.#localize(error) : error;
    }
  }

  #isForOtherDestination({ destination }: Upload): boolean {
    return Boolean(this.options.noResume) || destination !== destinationOf(this.#destination);
  }

  get #destination(): Destination {
    const { bucket, objectKey, resumeScope } = this.options;
    return {
      bucket: toText(bucket).trim(),
      objectKey: objectKey || DEFAULT_OBJECT_KEY,
      scope: toText(resumeScope),
    };
  }

  #objectOptions(file: File, key: string): Promise<ObjectOptions> | undefined {
    const { objectOptions } = this.options;
    return objectOptions && settingsOf(() => objectOptions(file, key), this.#ports.env);
  }

  #transferOptions(): TransferOptions {
    this.updateOwner();
    const { openGateway, env, checksum } = this.#ports;
    const { errors, location, object, partSize, parallel, retries } = parseOptions(
      this.options,
      env.page?.(),
    );
    const [error] = errors;
    if (error) throw error;
    return {
      location,
      endpoint: location.endpoint ?? location.region,
      object,
      partSize: partSize ?? 'auto',
      parallel: parallel ?? 'auto',
      retries: retries ?? DEFAULT_RETRIES,
      openGateway,
      env,
      limiter: this.#ports.limiterFor?.(location) ?? this.#limiter,
      ...(!this.options.noVerify && { checksum }),
    };
  }
}

/** Calls `objectOptions` for one object. @throws UploadError `option-invalid` */
async function settingsOf(call: () => unknown, env: Environment): Promise<ObjectOptions> {
  const errors: UploadError[] = [];
  const invalid = (...args: Parameters<typeof invalidOption>): undefined =>
    void errors.push(invalidOption(...args));
  // Accessors of the returned object may throw, too.
  const parse = async () => parseFileOptions(await call(), invalid);
  const settings = await callFunction('objectOptions', parse, env);
  if (errors[0]) throw errors[0];
  return settings as ObjectOptions;
}

/** Starts, resumes or retries, depending on the state. */
function startUpload(upload: Upload): void {
  switch (upload.state.status) {
    case 'ready':
      return upload.start();
    case 'paused':
      return upload.resume();
    case 'failed':
      return upload.retry();
    default:
    // It has started on its own, or has ended.
  }
}

/** Calls a function of the page. An error that it throws is reported as uncaught, and doesn't fail the upload. */
function reportErrors(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** How many connections are meant for an upload. A large one shares them with another one. */
function connectionsFor({ partsLeft }: Upload): number {
  return Math.min(Math.max(partsLeft, 1), MAX_CONNECTIONS_PER_FILE);
}

/** Whether preparing the file takes about as long as sending it. */
function isSmall({ fileSize }: Upload): boolean {
  return fileSize !== undefined && fileSize <= MIN_PART_SIZE;
}

/** Whether an upload counts towards `concurrentFiles`. Waiting for another tab, perhaps for hours, doesn't count. */
function takesRoom(state: UploadState): boolean {
  return isActive(state) && !(state.status === 'waiting' && state.reason === 'other-tab');
}

/** Ends the uploads, and removes their parts from OSS. */
async function discard(uploads: readonly Upload[]): Promise<void> {
  await Promise.all(uploads.map((upload) => (hasParts(upload.state) ? upload.cancel() : upload.release())));
}

/** Whether OSS may hold parts of the upload. */
function hasParts(state: UploadState): boolean {
  return isActive(state) || ['paused', 'failed', 'cancelled', 'resumable'].includes(state.status);
}
