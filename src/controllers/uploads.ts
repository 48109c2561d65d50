/**
 * Connects the element to the engine: adds files, runs commands, restores earlier uploads, dispatches DOM events, and
 * decides what to announce. Renders nothing.
 */

import type { ReactiveControllerHost } from 'lit';
import { mayBeAccepted } from '../accept.js';
import { toRestrictions, toUploaderOptions, type ElementConfig } from '../config.js';
import {
  fillPlaceholders,
  isActive,
  isBusy,
  unfinishedCount,
  UploadError,
  withoutBidiControls,
  type Checkpoint,
  type OwnerChange,
  type Progress,
  type StoredFile,
  type Upload,
  type Uploader,
  type UploaderEvent,
  type UploadSummary,
} from '../core/index.js';
import type { UploaderOptions } from '../create-uploader.js';
import { withinTime } from '../core/time-limit.js';
import { emit } from '../events.js';
import type { UploadAction } from '../presentation/actions.js';
import { Announcer } from '../presentation/announcer.js';
import type { Localization } from '../presentation/localization.js';
import { statusText } from '../presentation/status-text.js';
import {
  hasRoom,
  isReplaceable,
  rejectReasonFor,
  type FileMismatch,
  type Rejection,
  type Restrictions,
} from '../restrictions.js';
import { createYield } from '../scheduling.js';
import { EventDispatcher } from './event-dispatcher.js';
import type { PickedFile, SelectedFiles } from './file-picker.js';

/** Uploads with more stored bytes than this are discarded only after confirmation. */
const CONFIRM_DISCARD_BYTES = 50e6;

/** Files with the same name, size and date are the same if as many bytes at their start are. */
const COMPARED_BYTES = 65_536;

export interface UploadsHost extends Pick<ReactiveControllerHost, 'requestUpdate'>, EventTarget {
  readonly id: string;
  readonly name?: string | undefined;
}

export interface UploadsControllerOptions {
  /** Read whenever a setting is needed. */
  config: ElementConfig;
  localization: () => Localization;
  isDisabled: () => boolean;
  createUploader: (options: () => UploaderOptions) => Uploader;
  /** Called when a setting proves to be invalid while a file is added or uploaded. */
  onConfigError: (error: UploadError) => void;
  /** Called after the uploads of another user were removed. */
  onOwnerChange: (change: OwnerChange) => void;
  /** Opens the file picker for the file of an upload. */
  browseFor: (upload: Upload) => void;
  /** Called after a state has changed and before its DOM event. `isEnd`: no upload is active or queued any more. */
  onStateChange: (isEnd: boolean) => void;
}

/** What a command applies to. */
export type Target = Upload | 'all';

export class UploadsController {
  readonly #host: UploadsHost;
  readonly #options: UploadsControllerOptions;
  #engine: Uploader | undefined;
  readonly #announcer = new Announcer();
  readonly #dispatcher: EventDispatcher;
  /** Uploads in the list by fingerprint, shared by concurrent calls of {@link addFiles}. */
  #listed = new Map<string, Upload>();
  /** The destination and field for which earlier uploads were restored. */
  #lastRestoreKey: string | undefined;
  #disconnect: (() => void) | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #refreshIsDue = false;
  #rejections: readonly Rejection[] = [];
  #mismatch: (FileMismatch & { picked: PickedFile }) | undefined;
  /** Whether the file of the mismatch is uploaded once the user has confirmed to discard the upload. */
  #uploadsInstead = false;
  #confirming: Target | undefined;
  #announcement = '';
  #persistenceUnavailable = false;
  /** Running calls of {@link addFiles}. The list is rendered when they are done. */
  #addingFiles = 0;
  /** Aborted when all uploads are cancelled: files that are still being added are dropped. */
  #adding = new AbortController();

  constructor(host: UploadsHost, options: UploadsControllerOptions) {
    this.#host = host;
    this.#options = options;
    this.#dispatcher = new EventDispatcher(host, () => host.requestUpdate());
  }

  /** Created on first use, after the element's constructor has run. */
  get #uploader(): Uploader {
    if (!this.#engine) {
      this.#engine = this.#options.createUploader(() => this.#uploaderOptions());
      this.#engine.subscribe((event) => this.#onEvent(event));
    }
    return this.#engine;
  }

  get uploads(): readonly Upload[] {
    return this.#uploader.uploads;
  }

  /** Uploads of earlier visits that wait for their files. */
  get resumable(): Upload[] {
    return this.#uploader.resumable;
  }

  get progress(): Progress {
    return this.#uploader.progress;
  }

  get summary(): UploadSummary {
    return this.#uploader.summary;
  }

  get restrictions(): Restrictions {
    return toRestrictions(this.#options.config);
  }

  /** Whether another file can be added, or can replace the current one. */
  get hasRoom(): boolean {
    return hasRoom(this.#uploader, this.restrictions);
  }

  /** Files that were not added by the last {@link addFiles}. */
  get rejections(): readonly Rejection[] {
    return this.#rejections;
  }

  /** The wrong file that was selected for a resumable upload. */
  get mismatch(): FileMismatch | undefined {
    return this.#mismatch;
  }

  /** The upload that the user must confirm to discard, or `all`. */
  get confirming(): Target | undefined {
    return this.#confirming;
  }

  /** The last announcement for screen readers. */
  get announcement(): string {
    return this.#announcement;
  }

  /** Whether the browser can't save checkpoints, and closing the page would lose something. */
  get wouldLoseProgress(): boolean {
    const { active, ready, paused, queued } = this.summary;
    return this.#persistenceUnavailable && active + ready + paused + queued > 0;
  }

  /** Restores earlier uploads, once for each destination and field. Called before each rendering. */
  restoreOnce(): void {
    const key = JSON.stringify([this.#destinationKey, this.#field]);
    if (!this.#options.config.bucket || key === this.#lastRestoreKey) return;
    this.#lastRestoreKey = key;
    void this.restore();
  }

  /** Claims the unfinished uploads in the list, and observes changes in other tabs and elements, until {@link suspend}. */
  connect(): void {
    if (this.#disconnect) return;
    document.addEventListener('visibilitychange', this.#onVisibilityChange);
    this.#disconnect = this.#uploader.connect(() => void this.#refresh());
  }

  /** Lets other tabs and elements continue or discard unfinished uploads. */
  #release(): void {
    document.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  /** Updates the resumable uploads after a change elsewhere. Several changes in a row cause one update. */
  readonly #refresh = async (): Promise<void> => {
    if (this.#refreshIsDue || this.#lastRestoreKey === undefined) return;
    this.#refreshIsDue = true;
    await this.#refreshing;
    this.#refreshIsDue = false;
    this.#refreshing = this.restore().catch(reportError);
  };

  // A closed or crashed tab releases its uploads without a notice.
  readonly #onVisibilityChange = (): void => {
    if (!document.hidden) void this.#refresh();
  };

  /** Adds the unfinished uploads of earlier visits to the list. */
  async restore(): Promise<void> {
    const uploads = await this.#uploader.restore();
    if (uploads.length === 0) return;
    const localization = this.#options.localization();
    const sentences = uploads.map((upload) =>
      fillPlaceholders(localization.locale.announceFileStatus, {
        name: withoutBidiControls(upload.fileName),
        status: statusText(upload, localization, Date.now()),
      }),
    );
    this.#announce(sentences.join(' '));
    emit(this.#host, 'oss-resumable-found', { uploads });
  }

  /** Adds a file that is stored already. */
  addStored(file: StoredFile): void {
    this.#uploader.addStored(file);
  }

  /**
   * Adds files, or rejects them with an event. Starts them if `auto-start` is set.
   *
   * @returns the uploads of the files that were added or are in the list already
   */
  async addFiles(picked: readonly PickedFile[]): Promise<Upload[]> {
    if (this.#options.isDisabled()) return [];
    this.#clearAlerts();
    const uploads = await this.#addAll(picked);
    this.#announceAdded(uploads.filter(({ state }) => state.status === 'ready'));
    if (this.#options.config.autoStart && !this.#options.isDisabled()) {
      const ids = uploads.map(({ id }) => id);
      this.#uploader.start(ids);
      this.#uploader.resume(ids);
      this.#uploader.retry(ids);
    }
    return uploads;
  }

  /** Adds selected files to the list, or attaches the first one to the upload that it was selected for. */
  async addSelected({ files, folders, unreadable }: SelectedFiles, purpose?: Upload): Promise<void> {
    if (this.#options.isDisabled()) return;
    const [first] = files;
    // It may have been finished or discarded elsewhere while the file picker was open.
    const upload = purpose && this.#uploader.get(purpose.id);
    if (first && upload?.state.status === 'resumable') {
      this.#attachToResumable(upload, first);
    } else if (first && upload?.state.status === 'failed') {
      this.#replaceUnreadable(upload, first);
    } else if (files.length + folders.length + unreadable.length > 0) {
      await this.addFiles(files);
      for (const file of folders) this.#reject(file, 'folder');
      for (const file of unreadable) this.#reject(file, 'unreadable');
    }
  }

  /**
   * Adds an upload from a checkpoint and resumes it.
   *
   * @returns the upload, or `undefined` if the list is full
   * @throws UploadError `checkpoint-mismatch` if the checkpoint is damaged or belongs to another file
   */
  resumeFrom(checkpoint: Checkpoint, file?: File): Upload | undefined {
    this.#rejections = [];
    this.#host.requestUpdate();
    if (!this.hasRoom) return undefined;
    const upload = this.#replaceOthers(this.#uploader.addFrom(checkpoint, file));
    upload.resume();
    return upload;
  }

  /** Returns why dragged files would be rejected. Browsers reveal only their types during a drag. */
  checkDragged(types: readonly string[]): 'type' | 'count' | undefined {
    // The file of a resumable upload is always accepted.
    if (this.resumable.length > 0) return undefined;
    if (!this.hasRoom) return 'count';
    const { accept } = this.restrictions;
    return types.length === 0 || types.some((type) => mayBeAccepted(type, accept)) ? undefined : 'type';
  }

  /** Whether a file would be added. */
  accepts(file: File): boolean {
    return rejectReasonFor(file, this.restrictions, this.hasRoom) === undefined;
  }

  /** Tells the user that a drop contained no files. */
  rejectEmptyDrop(): void {
    this.#clearAlerts();
    this.#addRejection({ file: new File([], ''), reason: 'empty-drop' });
  }

  /** Runs the action of a button, for one upload or for all. */
  run(action: UploadAction, target: Target): void {
    const ids = target === 'all' ? undefined : [target.id];
    switch (action) {
      case 'upload':
        this.#uploader.start(ids);
        break;
      case 'pause':
        this.#uploader.pause(ids);
        break;
      case 'resume':
        if (target !== 'all') this.#mismatch = undefined;
        this.#uploader.resume(ids);
        break;
      case 'retry':
      case 'try-now':
        this.#uploader.retry(ids);
        break;
      case 'choose':
      case 'choose-again':
        if (target !== 'all') this.#options.browseFor(target);
        break;
      case 'upload-instead':
        if (target !== 'all') this.#uploadInstead(target);
        break;
      case 'cancel':
      case 'remove':
      case 'discard':
        this.#uploadsInstead = false;
        this.#discard(target);
        break;
      case 'confirm':
        this.#confirmed(target);
        break;
      case 'keep':
        this.#confirming = undefined;
        this.#uploadsInstead = false;
        break;
      case 'clear': {
        const succeeded = this.uploads.filter(({ state }) => state.status === 'succeeded');
        this.#uploader.clear();
        this.#announceRemoved(succeeded);
        break;
      }
      default:
        action satisfies never;
    }
    this.#host.requestUpdate();
  }

  /** Discards the target, or asks for confirmation if many bytes are stored. */
  #discard(target: Target): void {
    if (this.#bytesAtStake(target) > CONFIRM_DISCARD_BYTES) this.#confirming = target;
    else this.#confirmed(target);
  }

  #confirmed(target: Target): void {
    this.#confirming = undefined;
    void this.cancel(target);
    const picked = this.#uploadsInstead ? this.#mismatch?.picked : undefined;
    this.#uploadsInstead = false;
    if (picked) void this.#start(picked);
  }

  /** Uploads the wrong file that was selected for a resumable upload, which is discarded if both can't be in the list. */
  #uploadInstead(upload: Upload): void {
    const mismatch = this.#mismatch;
    if (mismatch?.upload !== upload) return;
    if (this.restrictions.multiple && mismatch.reason === 'other') {
      void this.#start(mismatch.picked);
    } else {
      this.#uploadsInstead = true;
      this.#discard(upload);
    }
  }

  async #start(picked: PickedFile): Promise<void> {
    const uploads = await this.addFiles([picked]);
    this.#uploader.start(uploads.map(({ id }) => id));
  }

  /** Cancels without confirmation. Resolves when OSS has removed the parts, if the RAM policy allows it. */
  async cancel(target: Target): Promise<void> {
    this.#host.requestUpdate();
    if (target === 'all') {
      this.#stopAdding();
      return this.#uploader.cancel();
    }
    switch (target.state.status) {
      case 'ready':
      case 'succeeded':
      case 'failed':
      case 'resumable': {
        const isRemoved = this.#uploader.remove([target.id]);
        this.#announceRemoved([target]);
        return isRemoved;
      }
      default:
        return this.#uploader.cancel([target.id]);
    }
  }

  /** Empties the list. Unfinished uploads become resumable. */
  async reset(): Promise<void> {
    this.#confirming = undefined;
    this.#clearAlerts();
    this.#stopAdding();
    await this.#uploader.reset();
    await this.restore();
  }

  /** Pauses everything, and lets other tabs continue it. Returns a function that resumes it. */
  suspend(): () => void {
    const resume = this.#uploader.suspend();
    this.#release();
    return () => {
      this.connect();
      resume();
      void this.#refresh();
    };
  }

  /** Removes everything that belongs to another user than the settings name. */
  updateOwner(): void {
    this.#engine?.updateOwner();
  }

  /** Drops the credentials. The next request asks for new ones. */
  forgetCredentials(): void {
    this.#uploader.forgetCredentials();
  }

  /** Translates the errors of all uploads into the current language. */
  localizeErrors(): void {
    this.#uploader.localizeErrors();
  }

  /** Tells the elements of a page apart. */
  get #field(): string | undefined {
    return this.#host.name || this.#host.id || undefined;
  }

  #uploaderOptions(): UploaderOptions {
    return {
      ...toUploaderOptions(this.#options.config),
      field: this.#field,
      errorTexts: this.#options.localization().locale.errors,
      onBeforeStart: (upload, resumed, bytesKept) =>
        emit(this.#host, 'oss-upload-start', { upload, resumed, bytesKept }, { cancelable: true }),
      onOwnerChange: (change) => this.#onOwnerChange(change),
      onPersistenceError: () => {
        this.#persistenceUnavailable = true;
        this.#host.requestUpdate();
        if (this.wouldLoseProgress)
          this.#announce(this.#options.localization().locale.persistenceUnavailable);
      },
      onPersistenceRestored: () => {
        this.#persistenceUnavailable = false;
        this.#host.requestUpdate();
        // Storage may have failed when earlier uploads were looked for.
        void this.restore();
      },
    };
  }

  /** Earlier uploads are restored at the next rendering. */
  #onOwnerChange(change: OwnerChange): void {
    this.#confirming = undefined;
    this.#announcement = '';
    this.#lastRestoreKey = undefined;
    this.#clearAlerts();
    this.#stopAdding();
    this.#options.onOwnerChange(change);
  }

  /** Whether files that are still being added must not be added any more. */
  #isStopped(signal: AbortSignal): boolean {
    this.updateOwner();
    return signal.aborted || this.#options.isDisabled();
  }

  #stopAdding(): void {
    this.#adding.abort();
    this.#adding = new AbortController();
  }

  /** Identifies the destination of uploads. */
  get #destinationKey(): string {
    const { bucket, objectKey, resumeScope, noResume } = this.#options.config;
    // JSON omits functions, so all functions count as the same key. The fingerprint of a destination does the same.
    return JSON.stringify([bucket, objectKey, resumeScope, noResume]);
  }

  async #addAll(picked: readonly PickedFile[]): Promise<Upload[]> {
    const added = new Set<Upload>();
    // These files belong to the user that the settings name now.
    this.updateOwner();
    this.#listed = new Map(this.uploads.map((upload) => [upload.fingerprint, upload]));
    const yieldToMain = createYield();
    const { signal } = this.#adding;
    this.#addingFiles++;
    try {
      for (const file of picked) {
        await yieldToMain();
        if (this.#isStopped(signal)) break;
        const upload = await this.#addFile(file, added.size > 0, signal);
        if (upload) added.add(upload);
      }
      return [...added];
    } finally {
      this.#addingFiles--;
      this.#host.requestUpdate();
    }
  }

  async #addFile(
    { file, handle }: PickedFile,
    hasAdded: boolean,
    signal: AbortSignal,
  ): Promise<Upload | undefined> {
    const { restrictions } = this;
    const isFull = (!restrictions.multiple && hasAdded) || !this.hasRoom;
    const reason = rejectReasonFor(file, restrictions, !isFull);
    // The file of a resumable upload is accepted regardless of the restrictions.
    if (reason && this.resumable.length === 0) return this.#reject(file, reason);
    const key = await this.#keyFor(file);
    if (this.#isStopped(signal)) return undefined;
    if (typeof key === 'string' && this.#uploader.findResumable(file, key)) {
      return this.#replaceOthers(this.#uploader.add(file, key, handle));
    }
    if (reason) return this.#reject(file, reason);
    if (typeof key !== 'string') return this.#reject(file, 'empty-key', key);
    const fingerprint = this.#uploader.fingerprintOf(file, key);
    const listed = restrictions.multiple ? this.#listed.get(fingerprint) : undefined;
    if (listed && listed.state.status !== 'cancelled') {
      const isSame = await mayBeSame(listed.file, file);
      if (this.#isStopped(signal)) return undefined;
      return isSame ? this.#addAgain(listed, file, handle) : this.#reject(file, 'duplicate-key');
    }
    // The list and the settings may have changed while the key function ran.
    const newReason = rejectReasonFor(file, this.restrictions, this.hasRoom);
    if (newReason) return this.#reject(file, newReason);
    const replaced = this.#replaceable;
    const uniqueKey = this.#uploader.uniqueKey(file, key, replaced);
    if (uniqueKey === undefined) return this.#reject(file, 'duplicate-key');
    if (!emit(this.#host, 'oss-file-add', { file, key: uniqueKey }, { cancelable: true })) {
      return this.#reject(file, 'prevented');
    }
    // Before the file is added, because it may have the key of one of them.
    void this.#uploader.remove(replaced.map(({ id }) => id));
    const upload = this.#uploader.add(file, key, handle);
    this.#listed.set(fingerprint, upload);
    return upload;
  }

  /** Attaches the file to its failed upload, whose file may be unreadable. Otherwise rejects it as a duplicate. */
  #addAgain(listed: Upload, file: File, handle?: FileSystemFileHandle): Upload {
    if (listed.state.status === 'failed') this.#uploader.attach(listed.id, file, handle);
    else this.#addRejection({ file, reason: 'duplicate' });
    return listed;
  }

  /** Returns the key, or why there is none. */
  async #keyFor(file: File): Promise<string | UploadError> {
    const destination = this.#destinationKey;
    try {
      const key = await this.#uploader.keyFor(file);
      // The page changed the destination while the key function ran.
      return destination === this.#destinationKey ? key : await this.#keyFor(file);
    } catch (thrown) {
      const error = UploadError.from(thrown);
      this.#reportConfigError(error);
      // An error in the page's own function is reported to the page.
      if (error.cause !== undefined) reportError(error.cause);
      return error;
    }
  }

  #reportConfigError(error: UploadError): void {
    if (error.code === 'option-invalid') this.#options.onConfigError(error);
  }

  /** Without `multiple`, all uploads that a new one replaces. */
  get #replaceable(): Upload[] {
    return this.restrictions.multiple ? [] : this.uploads.filter(isReplaceable);
  }

  /** Without `multiple`, removes all other uploads that a new one may replace. */
  #replaceOthers(upload: Upload): Upload {
    const replaced = this.#replaceable.filter((other) => other !== upload);
    void this.#uploader.remove(replaced.map(({ id }) => id));
    return upload;
  }

  #attachToResumable(upload: Upload, picked: PickedFile): void {
    const { file, handle } = picked;
    try {
      this.#uploader.attach(upload.id, file, handle);
    } catch (error) {
      const isOther = error instanceof UploadError && error.code === 'checkpoint-mismatch';
      const reason = isOther ? 'other' : 'changed';
      this.#mismatch = { upload, file, reason, isAccepted: this.accepts(file), picked };
      this.#host.requestUpdate();
      return;
    }
    this.run('resume', upload);
  }

  /** If another file was selected, it is added as a new upload. */
  #replaceUnreadable(upload: Upload, picked: PickedFile): void {
    try {
      this.#uploader.attach(upload.id, picked.file, picked.handle);
    } catch {
      void this.addFiles([picked]);
      return;
    }
    this.run('retry', upload);
  }

  #reject(
    file: File,
    reason: Exclude<Rejection['reason'], 'duplicate' | 'empty-drop'>,
    error?: UploadError,
  ): undefined {
    this.#addRejection({ file, reason, ...(error?.code === 'option-invalid' && { error }) });
    const isFile = reason !== 'folder' && reason !== 'unreadable';
    emit(this.#host, 'oss-file-reject', { file, reason: isFile ? reason : 'type' });
  }

  #addRejection(rejection: Rejection): void {
    this.#rejections = [...this.#rejections, rejection];
    this.#host.requestUpdate();
  }

  #clearAlerts(): void {
    this.#rejections = [];
    this.#mismatch = undefined;
    this.#host.requestUpdate();
  }

  #bytesAtStake(target: Target): number {
    if (target === 'all') return this.summary.bytesAtStake;
    return target.state.status === 'succeeded' ? 0 : target.state.progress.stored;
  }

  #onEvent(event: UploaderEvent): void {
    const { summary } = this;
    this.#announce(this.#announcer.announce(event, summary, this.#options.localization()));
    if (event.type === 'state') {
      if (event.to.status === 'failed') this.#reportConfigError(event.to.error);
      if (!this.#isQuestionOpen(summary)) this.#confirming = undefined;
      this.#options.onStateChange(isActive(event.from) && !isBusy(summary));
    }
    if (this.#changesList(event)) this.#host.requestUpdate();
    this.#dispatcher.dispatch(event);
  }

  /** Whether an event changes the rendered list. Progress is rendered once a frame, and added files once all are added. */
  #changesList({ type }: UploaderEvent): boolean {
    return type === 'state' || type === 'remove' || (type === 'add' && this.#addingFiles === 0);
  }

  /** Whether there is still something to discard. If not, the confirmation is closed. */
  #isQuestionOpen(summary: UploadSummary): boolean {
    const confirming = this.#confirming;
    if (!confirming) return false;
    if (confirming === 'all') return unfinishedCount(summary) > summary.completing;
    return confirming.state.status !== 'completing' && confirming.state.status !== 'succeeded';
  }

  #announceAdded(added: readonly Upload[]): void {
    const [first] = added;
    if (!first) return;
    const { locale, format } = this.#options.localization();
    const sentence =
      added.length > 1
        ? fillPlaceholders(locale.announceAdded, { count: format.count(added.length) })
        : fillPlaceholders(locale.announceReady, { name: withoutBidiControls(first.fileName) });
    this.#announce(
      [sentence, ...(this.#persistenceUnavailable ? [locale.persistenceUnavailable] : [])].join(' '),
    );
  }

  #announceRemoved(removed: readonly Upload[]): void {
    const [first] = removed;
    if (!first) return;
    const { locale, format } = this.#options.localization();
    this.#announce(
      removed.length > 1
        ? fillPlaceholders(locale.announceRemovedMany, { count: format.count(removed.length) })
        : fillPlaceholders(locale.announceRemoved, { name: withoutBidiControls(first.fileName) }),
    );
  }

  #announce(text: string | undefined): void {
    if (text === undefined) return;
    this.#announcement = text;
    this.#host.requestUpdate();
  }
}

/** Whether two files with the same name, size and date start with the same bytes, as far as they can be read. */
async function mayBeSame(listed: File | undefined, file: File): Promise<boolean> {
  if (!listed || listed === file) return true;
  try {
    const [a, b] = await withinTime(Promise.all([startOf(listed), startOf(file)]));
    return a.every((byte, index) => byte === b[index]);
  } catch {
    return true;
  }
}

async function startOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, COMPARED_BYTES).arrayBuffer());
}
