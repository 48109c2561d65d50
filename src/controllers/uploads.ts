/**
 * Connects the element to the engine: adds files, runs commands, restores earlier uploads, dispatches DOM events, and
 * decides what to announce. Renders nothing.
 */

import type { ReactiveControllerHost } from 'lit';
import { isAcceptedDrag } from '../accepted-files.js';
import { toRestrictions, toUploaderOptions, type ElementConfig } from '../config.js';
import {
  fillPlaceholders,
  isActive,
  isBusy,
  isSingle,
  UploadError,
  withoutBidiControls,
  type Checkpoint,
  type OwnerChange,
  type Progress,
  type StoredFile,
  type Undoable,
  type Upload,
  type Uploader,
  type UploaderEvent,
  type UploadState,
  type UploadSummary,
} from '../core/index.js';
import type { UploaderOptions } from '../create-uploader.js';
import { abortable } from '../core/abortable.js';
import { describeValue, invalidOption, isUnset } from '../core/options/invalid-option.js';
import { callFunction } from '../core/options/page-function.js';
import { withinTime } from '../core/time-limit.js';
import { emit } from '../events.js';
import { isHiddenInFolder } from '../hidden-files.js';
import type { CopiedKey, UploadAction } from '../presentation/actions.js';
import { Announcer } from '../presentation/announcer.js';
import { isLong } from '../presentation/list-order.js';
import type { Localization } from '../presentation/localization.js';
import { isolate } from '../presentation/file-name.js';
import { statusText, wasRemoved } from '../presentation/status-text.js';
import { rejectReasonFor, type FileMismatch, type Rejection, type Restrictions } from '../restrictions.js';
import { hasRoom, isReplaceable } from '../room.js';
import { createYield, throttle, throttleToFrame } from '../scheduling.js';
import { copyText } from './clipboard.js';
import { reportUncaught } from './document.js';
import { EventDispatcher } from './event-dispatcher.js';
import type { PickedFile, SelectedFiles } from './file-picker.js';
import { isStored } from './form-state.js';
import { UndoList } from './undo.js';

/** Uploads with more stored bytes than this are discarded only after confirmation. */
const CONFIRM_DISCARD_BYTES = 50e6;

/** How long a row says that its key was copied, in milliseconds. */
const COPIED_TIME = 4_000;

/** Delay before checking again whether a page that was left has released its uploads, in milliseconds. Doubles each time. */
const FIRST_RELEASE_CHECK = 250;
const MAX_RELEASE_CHECKS = 5;

/** How often progress is rendered, in milliseconds. The transition of the bars fills the time between. */
const PROGRESS_INTERVAL = 100;
/** The same for any change in a long list. Frames would take half of the time of small files. */
const LONG_LIST_INTERVAL = 250;

/** How often the element gets ready for an upload at most, in milliseconds. */
const PREPARE_INTERVAL = 30_000;

/** Files with the same name, size and date are the same if as many bytes at their start are. */
const COMPARED_BYTES = 65_536;

export interface UploadsHost extends Pick<ReactiveControllerHost, 'requestUpdate'>, EventTarget {
  readonly id: string;
  readonly name?: string | undefined;
  readonly isConnected: boolean;
  readonly ownerDocument: Document;
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
  /** Opens the file picker, for the file of an upload or for a new file. */
  browseFor: (upload?: Upload) => void;
  /** Whether the user points at the row of this upload, or has moved the focus to it. */
  isInUse: (upload: Upload) => boolean;
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
  readonly #renderAdded = throttleToFrame(() => this.#host.requestUpdate());
  readonly #renderProgress = throttle(() => this.#host.requestUpdate(), PROGRESS_INTERVAL);
  readonly #renderLongList = throttle(() => this.#host.requestUpdate(), LONG_LIST_INTERVAL);
  readonly #undo: UndoList;
  /** Functions that dispatch `oss-file-remove` for removed files that can still be brought back. */
  readonly #removalEvents = new Set<() => void>();
  #copied: CopiedKey | undefined;
  /** Uploads in the list by fingerprint, shared by concurrent calls of {@link addFiles}. */
  #listed = new Map<string, Upload>();
  /** The destination and field for which earlier uploads were restored. */
  #lastRestoreKey: string | undefined;
  #disconnect: (() => void) | undefined;
  #stopWaiting: (() => void) | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #refreshIsDue = false;
  #rejections: Rejection[] = [];
  #mismatch: (FileMismatch & { picked: PickedFile }) | undefined;
  /** Whether the file of the mismatch is uploaded once the user has confirmed to discard the upload. */
  #uploadsInstead = false;
  #confirming: Target | undefined;
  #preparedAt = -Infinity;
  #failedOnly = false;
  #announcement = '';
  #persistenceUnavailable = false;
  /** The value of the setting `stored`, and its rows. */
  #default: readonly StoredFile[] = [];
  #defaultRows: readonly Upload[] = [];
  #isChanged = false;
  /** Without `multiple`: stored files that a listed file replaces once it is stored. They return if it is removed. */
  #replaced: Upload[] = [];
  /** Running calls of {@link addFiles}. The list and the rejected files are rendered when they are done. */
  #addingFiles = 0;
  /** Aborted when all uploads are cancelled: files that are still being added are dropped. */
  #adding = new AbortController();

  constructor(host: UploadsHost, options: UploadsControllerOptions) {
    this.#host = host;
    this.#options = options;
    this.#dispatcher = new EventDispatcher(host, () => this.#renderChanges(this.#renderProgress));
    this.#undo = new UndoList({
      startTimer: (...args) => this.#uploader.startTimer(...args),
      isInUse: options.isInUse,
      onChange: () => host.requestUpdate(),
    });
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

  /** The list, and the stored files that the form submits until a file in the list replaces them. */
  get submitted(): readonly Upload[] {
    return this.#replaced.length > 0 ? [...this.#replaced, ...this.uploads] : this.uploads;
  }

  /** Whether files were added or removed since the list showed the default value. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** What the list shows: all uploads except cancelled ones, and those that can be brought back. */
  get rows(): readonly Upload[] {
    const { undoable } = this;
    const isListed = (upload: Upload) => isShown(upload) && this.#uploader.get(upload.id) === upload;
    const rows = this.#uploader.all.filter((upload) => undoable.has(upload) || isListed(upload));
    if (undoable.size === 0) return rows;
    // The first control after the bulk actions undoes them.
    const bulk = rows.filter((row) => (undoable.get(row)?.uploads.length ?? 0) > 1);
    return [...new Set([...bulk, ...rows])];
  }

  /** What Undo in the rows of cancelled and removed uploads brings back. Several uploads share the row of the first one. */
  get undoable(): ReadonlyMap<Upload, Undoable> {
    return this.#undo.rows;
  }

  /** The upload whose key was copied a moment ago. */
  get copied(): CopiedKey | undefined {
    return this.#copied;
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

  /** Files that were not added by the last {@link addFiles}. Known when it is done, so that they are announced together. */
  get rejections(): readonly Rejection[] {
    return this.#addingFiles === 0 ? this.#rejections : [];
  }

  /** The wrong file that was selected for a resumable upload. */
  get mismatch(): FileMismatch | undefined {
    return this.#mismatch;
  }

  /** The upload that the user must confirm to discard, or `all`. */
  get confirming(): Target | undefined {
    return this.#confirming;
  }

  /** Whether the list shows only failed files. */
  get failedOnly(): boolean {
    return this.#failedOnly;
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
    this.#stopWaiting?.();
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  /** Updates the resumable uploads after a change elsewhere. Several changes in a row cause one update. */
  readonly #refresh = async (): Promise<void> => {
    if (this.#refreshIsDue || this.#lastRestoreKey === undefined) return;
    this.#refreshIsDue = true;
    await this.#refreshing;
    this.#refreshIsDue = false;
    this.#refreshing = this.restore().catch(reportUncaught);
  };

  // A closed or crashed tab releases its uploads without notifying others.
  readonly #onVisibilityChange = (): void => {
    if (!document.hidden) void this.#refresh();
  };

  /**
   * Adds the unfinished uploads of earlier visits to the list.
   *
   * @param attempts how often uploads were found that another tab or element holds
   */
  async restore(attempts = 0): Promise<void> {
    const uploads = await this.#uploader.restore();
    this.#stopWaiting?.();
    // A page that was left, such as this one before a reload, may release its uploads late, without notifying other pages.
    if (this.#disconnect && this.#uploader.isSomeClaimed && attempts < MAX_RELEASE_CHECKS) {
      const again = () => void this.restore(attempts + 1).catch(reportUncaught);
      this.#stopWaiting = this.#uploader.startTimer(FIRST_RELEASE_CHECK * 2 ** attempts, again);
    }
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

  /** Sets the default value, and shows it unless the list was changed. */
  setDefault(files: readonly StoredFile[]): void {
    // Frameworks create an equal array at each rendering.
    if (JSON.stringify(files) === JSON.stringify(this.#default)) return;
    this.#default = files;
    if (!this.#isChanged) this.#showStored(files);
  }

  /** Shows the stored files of a restored form in place of the default value. */
  restoreStored(files: readonly StoredFile[]): void {
    this.#isChanged = true;
    const known = new Map(this.#default.map((file) => [file.result.key, file]));
    this.#showStored(files.map((file) => known.get(file.result.key) ?? file));
  }

  #showStored(files: readonly StoredFile[]): void {
    void this.#uploader.remove(this.#defaultRows.map(({ id }) => id));
    this.#defaultRows = files.map((file) => this.#uploader.addStored(file));
  }

  /**
   * Adds files, or rejects them with an event.
   *
   * @param shouldStart whether they are started once all are added
   * @returns the uploads of the files that were added or are in the list already
   */
  async addFiles(picked: readonly PickedFile[], shouldStart: () => boolean): Promise<Upload[]> {
    if (this.#options.isDisabled()) return [];
    this.#clearAlerts();
    const { includeHidden } = this.#options.config;
    const { added, listed } = await this.#whileAdding(async () => {
      const result = await this.#addAll(
        picked.filter(({ file }) => includeHidden || !isHiddenInFolder(file)),
      );
      this.#announceAdded(result.added.filter(({ state }) => state.status === 'ready'));
      return result;
    });
    if (shouldStart()) {
      const ids = added.map(({ id }) => id);
      this.#uploader.start(ids);
      this.#uploader.resume(ids);
      this.#uploader.retry(ids);
    }
    return listed;
  }

  /**
   * Adds selected files to the list, or attaches the first one to the upload that it was selected for. Drops them if all
   * uploads are cancelled, or the page names another user, while they are being read.
   */
  async addSelected(
    reading: SelectedFiles | Promise<SelectedFiles>,
    purpose: Upload | undefined,
    shouldStart: () => boolean,
  ): Promise<void> {
    // These files belong to the user that the settings name now.
    this.updateOwner();
    const { signal } = this.#adding;
    // Files that need no reading are added at once.
    const { files, folders, unreadable } = reading instanceof Promise ? await reading : reading;
    if (this.#isStopped(signal)) return;
    const [first] = files;
    // It may have been finished or discarded elsewhere while the file picker was open.
    const upload = purpose && this.#uploader.get(purpose.id);
    if (first && upload?.state.status === 'resumable') {
      this.#attachToResumable(upload, first);
    } else if (first && upload?.state.status === 'failed') {
      this.#replaceUnreadable(upload, first, shouldStart);
    } else if (files.length + folders.length + unreadable.length === 0) {
      this.rejectEmptyDrop();
    } else {
      await this.#whileAdding(async () => {
        await this.addFiles(files, shouldStart);
        for (const file of folders) this.#reject(file, 'folder');
        for (const file of unreadable) this.#reject(file, 'unreadable');
      });
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
    this.#isChanged = true;
    void this.#undo.finish();
    upload.resume();
    return upload;
  }

  /** Returns why dragged files would be rejected. Browsers reveal only their types during a drag. */
  checkDragged(types: readonly string[]): 'type' | 'count' | undefined {
    // The file of a resumable upload is always accepted.
    if (this.resumable.length > 0) return undefined;
    if (!this.hasRoom) return 'count';
    const { accept } = this.restrictions;
    return types.length === 0 || types.some((type) => isAcceptedDrag(type, accept)) ? undefined : 'type';
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

  /** Removes the messages about rejected files. */
  dismiss(): void {
    this.#rejections = [];
    this.#host.requestUpdate();
  }

  /** Shows only failed files, or all files again. */
  toggleFilter(): void {
    if (this.#failedOnly) return this.#showAll();
    this.#failedOnly = true;
    this.#announce(this.#options.localization().locale.announceFailedOnly);
  }

  /** Shows all files again. @param announcement announced before */
  #showAll(announcement = ''): void {
    this.#failedOnly = false;
    this.#announce(`${announcement} ${this.#options.localization().locale.announceAllShown}`.trim());
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
      case 'replace':
        this.#options.browseFor();
        break;
      case 'copy-key':
        if (target !== 'all') void this.#copyKey(target);
        break;
      case 'upload-instead':
        if (target !== 'all') this.#uploadInstead(target);
        break;
      case 'cancel':
      case 'remove':
      case 'remove-from-list':
      case 'discard':
        this.#uploadsInstead = false;
        this.#confirming = this.#needsConfirmation(target) ? target : undefined;
        if (!this.#confirming) this.#dismiss(target);
        break;
      case 'undo':
        if (target !== 'all') this.#bringBack(target);
        break;
      case 'confirm':
        this.#confirmed(target);
        break;
      case 'keep':
        this.#confirming = undefined;
        this.#uploadsInstead = false;
        break;
      case 'clear': {
        const succeeded = this.uploads.filter(isStored);
        void this.#undo.finish();
        // An empty list stays as the page has set it.
        if (succeeded.length === 0) this.#uploader.clear();
        else this.#removing(succeeded, () => this.#uploader.clear());
        this.#announceRemoved(succeeded);
        break;
      }
      default:
        action satisfies never;
    }
    this.#host.requestUpdate();
  }

  /** Discards the target, or asks for confirmation if many bytes are stored. */
  #needsConfirmation(target: Target): boolean {
    return this.#bytesAtStake(target) > CONFIRM_DISCARD_BYTES;
  }

  #discard(target: Target): void {
    if (this.#needsConfirmation(target)) this.#confirming = target;
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
    await this.addFiles([picked], () => true);
  }

  /** Cancels without confirmation. Resolves when OSS has removed the parts, if the RAM policy allows it. */
  async cancel(target: Target): Promise<void> {
    this.#host.requestUpdate();
    if (target === 'all') {
      this.#stopAdding();
      await Promise.all([this.#undo.finish(), this.#uploader.cancel()]);
      return;
    }
    if (!isRemoved(target)) return this.#uploader.cancel([target.id]);
    const remove = () => this.#uploader.remove([target.id]);
    const removed = wasRemoved(target) ? this.#removing([target], remove) : remove();
    this.#announceRemoved([target]);
    await removed;
  }

  /** Cancels as {@link cancel} does, and offers to undo that. */
  #dismiss(target: Target): void {
    if (target === 'all') this.#stopAdding();
    const ids = target === 'all' ? undefined : [target.id];
    const undoable =
      ids && target !== 'all' && isRemoved(target)
        ? this.#removeUndoable(target)
        : this.#uploader.cancelUndoable(ids);
    this.#undo.add(undoable);
    const { uploads } = undoable;
    const [first] = uploads;
    if (!first) return;
    const { locale, format } = this.#options.localization();
    const sentence =
      uploads.length > 1
        ? `${fillPlaceholders(locale.uploadsCancelled, { count: format.count(uploads.length) })}.`
        : fillPlaceholders(wasRemoved(first) ? locale.announceRemoved : locale.announceCancelled, {
            name: isolate(first.fileName),
          });
    this.#announce(`${sentence} ${locale.announceUndo}`);
  }

  /** Removes an upload. Delays `oss-file-remove` until the removal is final, because the page may delete the object then. */
  #removeUndoable(upload: Upload): Undoable {
    const dispatchRemoved = this.#prepareRemoval([upload]);
    const isOfValue = wasRemoved(upload);
    const undoable = this.#uploader.removeUndoable([upload.id]);
    if (isOfValue) this.#onRemoved();
    if (undoable.uploads.length === 0) dispatchRemoved();
    this.#removalEvents.add(dispatchRemoved);
    return {
      get uploads() {
        return undoable.uploads;
      },
      undo: (uploads) => undoable.undo(uploads),
      finish: () => {
        const isFinal = undoable.uploads.length > 0;
        const finished = undoable.finish();
        if (this.#removalEvents.delete(dispatchRemoved) && isFinal) dispatchRemoved();
        return finished;
      },
    };
  }

  /** Brings back what the row of this upload stands for. */
  #bringBack(upload: Upload): void {
    const undoable = this.undoable.get(upload);
    if (!undoable) return;
    const { uploads } = undoable;
    this.#undo.undo(undoable);
    // They again replace the stored files that returned in their place.
    for (const restored of uploads) if (!isStored(restored)) this.#replaceOthers(restored);
    this.#options.onStateChange(true);
    this.#announceRestored(uploads);
    // Meanwhile another tab or element may have resumed or discarded it.
    if (upload.state.status === 'resumable') void this.#refresh();
  }

  async #copyKey(upload: Upload): Promise<void> {
    const isCopied = await copyText(upload.key, this.#host.ownerDocument);
    const copied = { upload, isCopied };
    this.#copied = copied;
    this.#announce(isCopied ? this.#options.localization().locale.copied : upload.key);
    this.#uploader.startTimer(COPIED_TIME, () => {
      if (this.#copied !== copied) return;
      this.#copied = undefined;
      this.#host.requestUpdate();
    });
  }

  /** Removes all files, also unfinished ones, except resumable uploads. */
  empty(): void {
    void this.#undo.finish();
    this.#confirming = undefined;
    this.#clearAlerts();
    this.#stopAdding();
    const replaced = this.#replaced.splice(0);
    const listed = this.uploads.filter(({ state }) => state.status !== 'resumable');
    const ids = listed.map(({ id }) => id);
    this.#removing([...replaced, ...listed], () => void this.#uploader.remove(ids));
  }

  /** Shows the default value. Unfinished uploads become resumable. */
  async reset(): Promise<void> {
    this.#confirming = undefined;
    this.#clearAlerts();
    this.#stopAdding();
    this.#isChanged = false;
    this.#replaced = [];
    this.#removalEvents.clear();
    const done = this.#uploader.reset();
    this.#showStored(this.#default);
    const discarded = withinTime(this.#undo.finish()).catch(() => {});
    await Promise.all([discarded, done]);
    await this.restore();
  }

  /** Calls a function that removes files, and tells the page which. Files that they would have replaced return. */
  #removing<T>(uploads: readonly Upload[], remove: () => T): T {
    const dispatchRemoved = this.#prepareRemoval(uploads);
    const result = remove();
    this.#onRemoved();
    dispatchRemoved();
    return result;
  }

  #onRemoved(): void {
    this.#isChanged = true;
    this.#returnReplaced();
    this.#options.onStateChange(true);
  }

  /** Returns a function that dispatches `oss-file-remove` for files. Call it before they are removed. */
  #prepareRemoval(uploads: readonly Upload[]): () => void {
    const removed = uploads.filter(wasRemoved);
    const inBucket = new Set(removed.filter(({ state }) => isInBucket(state)));
    return () => {
      if (removed.length === 0) return;
      // A file of the same key replaces the object, too, or has done so. If the page deletes it, that file may be lost.
      const keys = new Set(this.submitted.filter(isShown).map(({ key }) => key));
      for (const upload of removed) {
        const { key, file } = upload;
        emit(this.#host, 'oss-file-remove', { key, file, stored: inBucket.has(upload) && !keys.has(key) });
      }
    };
  }

  /** Lists replaced files again unless a file is left that replaces them. */
  #returnReplaced(): void {
    const isReplacing = ({ state }: Upload) => state.status !== 'cancelled' && state.status !== 'resumable';
    if (this.#replaced.length === 0 || this.uploads.some(isReplacing)) return;
    for (const upload of this.#replaced.splice(0)) this.#uploader.addStored(upload);
  }

  /** Pauses everything, and lets other tabs continue it. Returns a function that resumes it. */
  suspend(): () => void {
    // The user can't reach Undo any more. If the page is being left, the next visit can resume the uploads instead.
    if (!this.#host.isConnected) void this.#undo.finish();
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

  /** Gets ready for an upload that is likely to follow, at most every 30 seconds: an endpoint that fails may fail again. */
  prepare(): void {
    const now = performance.now();
    if (now - this.#preparedAt < PREPARE_INTERVAL) return;
    this.#preparedAt = now;
    this.#uploader.prepare();
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
    this.#default = [];
    this.#defaultRows = [];
    this.#isChanged = false;
    this.#replaced = [];
    this.#undo.clear();
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

  /** @returns the uploads that were added, and with them those of files that are in the list already */
  async #addAll(picked: readonly PickedFile[]): Promise<{ added: Upload[]; listed: Upload[] }> {
    const added = new Set<Upload>();
    const listed = new Set<Upload>();
    // These files belong to the user that the settings name now.
    this.updateOwner();
    this.#listed = new Map(this.uploads.map((upload) => [upload.fingerprint, upload]));
    const yieldToMain = createYield();
    const { signal } = this.#adding;
    for (const file of picked) {
      await yieldToMain();
      if (this.#isStopped(signal)) break;
      // The functions of the page may never answer. What they answer later is ignored.
      const adding = abortable(this.#addFile(file, listed.size > 0, signal), signal);
      const result = await adding.catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      if (!result) continue;
      if (!result.isDuplicate) added.add(result.upload);
      listed.add(result.upload);
    }
    // With the added files, there may be no room for others, or their keys may be taken.
    if (added.size > 0) void this.#undo.finish();
    return { added: [...added], listed: [...listed] };
  }

  async #whileAdding<T>(add: () => Promise<T>): Promise<T> {
    this.#addingFiles++;
    try {
      return await add();
    } finally {
      this.#addingFiles--;
      this.#host.requestUpdate();
    }
  }

  async #addFile(picked: PickedFile, hasAdded: boolean, signal: AbortSignal): Promise<Added | undefined> {
    const { file, handle } = picked;
    const { restrictions } = this;
    const isFull = (!restrictions.multiple && hasAdded) || !this.hasRoom;
    const reason = rejectReasonFor(file, restrictions, !isFull);
    // The file of a resumable upload is accepted regardless of the restrictions.
    if (reason && this.resumable.length === 0) return this.#reject(file, reason);
    const key = await this.#keyFor(file);
    if (this.#isStopped(signal)) return undefined;
    const destination = this.#destinationKey;
    const cancelled = typeof key === 'string' ? await this.#undoFor(file, key) : undefined;
    if (this.#isStopped(signal)) return undefined;
    if (cancelled) return { upload: this.#replaceOthers(cancelled) };
    if (typeof key === 'string' && this.#uploader.findResumable(file, key)) {
      return { upload: this.#replaceOthers(this.#uploader.add(file, key, handle)) };
    }
    if (reason) return this.#reject(file, reason);
    if (typeof key !== 'string') {
      return this.#reject(file, 'empty-key', key.code === 'option-invalid' ? { error: key } : {});
    }
    const fingerprint = this.#uploader.fingerprintOf(file, key);
    const refusal = this.#findListed(fingerprint) ? undefined : await this.#validate(file);
    if (this.#isStopped(signal)) return undefined;
    if (refusal) return this.#reject(file, 'invalid', refusal);
    // The key is one for the former destination.
    if (destination !== this.#destinationKey) return this.#addFile(picked, hasAdded, signal);
    const listed = this.#findListed(fingerprint);
    if (listed) {
      const isSame = await mayBeSame(listed.file, file);
      if (this.#isStopped(signal)) return undefined;
      return isSame ? this.#addAgain(listed, file, handle) : this.#reject(file, 'duplicate-key');
    }
    // The list and the settings may have changed while the functions of the page ran.
    const newReason = rejectReasonFor(file, this.restrictions, this.hasRoom);
    if (newReason) return this.#reject(file, newReason);
    const replaced = this.#replaceable;
    const uniqueKey = this.#uploader.uniqueKey(file, key, replaced);
    if (uniqueKey === undefined) return this.#reject(file, 'duplicate-key');
    if (!emit(this.#host, 'oss-file-add', { file, key: uniqueKey }, { cancelable: true })) {
      return this.#reject(file, 'prevented');
    }
    // Before the file is added, because it may have the key of one of them.
    const dispatchRemoved = this.#setAside(replaced);
    const upload = this.#uploader.add(file, key, handle);
    this.#isChanged = true;
    this.#listed.set(fingerprint, upload);
    dispatchRemoved();
    return { upload };
  }

  /** Returns the upload of a file that is in the list already. Without `multiple`, a file may replace itself. */
  #findListed(fingerprint: string): Upload | undefined {
    const listed = this.restrictions.multiple ? this.#listed.get(fingerprint) : undefined;
    return listed?.state.status === 'cancelled' ? undefined : listed;
  }

  /** Adding the file of an unfinished upload that was cancelled a moment ago brings it back, with its stored parts. */
  async #undoFor(file: File, key: string): Promise<Upload | undefined> {
    const fingerprint = this.#uploader.fingerprintOf(file, key);
    for (const undoable of this.#undo.pending) {
      const upload = undoable.uploads.find(
        (other) => other.fingerprint === fingerprint && other.file && other.checkpoint && !isStored(other),
      );
      if (!upload || !(await mayBeSame(upload.file, file))) continue;
      undoable.undo([upload]);
      return upload;
    }
    return undefined;
  }

  /** Attaches the file to its failed upload, whose file may be unreadable. Otherwise rejects it as a duplicate. */
  #addAgain(upload: Upload, file: File, handle?: FileSystemFileHandle): Added {
    const isDuplicate = upload.state.status !== 'failed';
    if (isDuplicate) this.#addRejection({ file, reason: 'duplicate' });
    else this.#uploader.attach(upload.id, file, handle);
    return { upload, isDuplicate };
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
      if (error.code === 'unexpected') reportUncaught(error.cause);
      return error;
    }
  }

  /** Returns why the page refuses a file, without a sentence if its function has failed. `undefined` if it doesn't. */
  async #validate(file: File): Promise<{ sentence?: string } | undefined> {
    const { validateFile } = this.#options.config;
    if (!validateFile) return undefined;
    // It may take long. Meanwhile, the user sees the files that were added before.
    this.#renderAdded();
    try {
      const answer = await callFunction('validateFile', () => validateFile(file));
      if (isUnset(answer)) return undefined;
      if (typeof answer === 'string') return { sentence: answer };
      throw invalidOption('validateFile', describeValue(answer), 'Return a sentence or undefined.');
    } catch (error) {
      this.#reportConfigError(UploadError.from(error));
      return {};
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
    const others = this.#replaceable.filter((other) => other !== upload);
    if (others.length > 0) this.#setAside(others)();
    return upload;
  }

  /** Removes uploads that a new one replaces. Stored ones are kept until it is stored. Returns what {@link #prepareRemoval} does. */
  #setAside(uploads: readonly Upload[]): () => void {
    const dispatchRemoved = this.#prepareRemoval(uploads.filter((upload) => !isStored(upload)));
    // The end of an upload must not return them.
    const replaced = [...this.#replaced.splice(0), ...uploads.filter(isStored)];
    void this.#uploader.remove(uploads.map(({ id }) => id));
    this.#replaced = replaced;
    return dispatchRemoved;
  }

  /** After an upload has succeeded: without `multiple`, it replaces all stored files. Returns what {@link #prepareRemoval} does. */
  #completeReplacement(upload: Upload): () => void {
    const others = this.#replaceable.filter((other) => other !== upload && isStored(other));
    const dispatchRemoved = this.#prepareRemoval([...this.#replaced.splice(0), ...others]);
    void this.#uploader.remove(others.map(({ id }) => id));
    return dispatchRemoved;
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
  #replaceUnreadable(upload: Upload, picked: PickedFile, shouldStart: () => boolean): void {
    try {
      this.#uploader.attach(upload.id, picked.file, picked.handle);
    } catch {
      void this.addFiles([picked], shouldStart);
      return;
    }
    this.run('retry', upload);
  }

  #reject(
    file: File,
    reason: Exclude<Rejection['reason'], 'duplicate' | 'empty-drop'>,
    details: Pick<Rejection, 'error' | 'sentence'> = {},
  ): undefined {
    this.#addRejection({ file, reason, ...details });
    const isFile = reason !== 'folder' && reason !== 'unreadable';
    emit(this.#host, 'oss-file-reject', { file, reason: isFile ? reason : 'type' });
  }

  #addRejection(rejection: Rejection): void {
    this.#rejections.push(rejection);
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
    const announcement = this.#announcer.announce(event, summary, this.#options.localization());
    // Nothing is left to filter, or the summary with the button disappears.
    if (this.#failedOnly && (summary.failed === 0 || isSingle(summary))) this.#showAll(announcement);
    else this.#announce(announcement);
    let dispatchRemoved = () => {};
    if (event.type === 'state') {
      if (event.to.status === 'succeeded' && this.#uploader.get(event.upload.id) === event.upload) {
        this.#isChanged = true;
        dispatchRemoved = this.#completeReplacement(event.upload);
      }
      if (event.to.status === 'cancelled') this.#returnReplaced();
      if (event.to.status === 'failed') this.#reportConfigError(event.to.error);
      if (!this.#isQuestionOpen()) this.#confirming = undefined;
      this.#options.onStateChange(isActive(event.from) && !isBusy(summary));
    }
    if (this.#changesList(event)) this.#renderChanges();
    this.#dispatcher.dispatch(event);
    dispatchRemoved();
  }

  /**
   * Renders what has changed in the engine. Of a long list, several files may change at each frame.
   *
   * @param render used unless the list is long
   */
  #renderChanges(render = () => this.#host.requestUpdate()): void {
    if (isLong(this.uploads)) this.#renderLongList();
    else render();
  }

  /** Whether an event changes more than progress in the rendered list. Added files are rendered once all are added. */
  #changesList({ type }: UploaderEvent): boolean {
    return type === 'state' || type === 'remove' || (type === 'add' && this.#addingFiles === 0);
  }

  /** Whether there is still something to discard. If not, the confirmation is closed. */
  #isQuestionOpen(): boolean {
    const confirming = this.#confirming;
    if (!confirming) return false;
    const canDiscard = ({ state }: Upload) => state.status !== 'completing' && state.status !== 'succeeded';
    if (confirming !== 'all') return canDiscard(confirming);
    return this.uploads.some(
      (upload) => isShown(upload) && upload.state.status !== 'resumable' && canDiscard(upload),
    );
  }

  #announceRestored(uploads: readonly Upload[]): void {
    const [first] = uploads;
    // Otherwise its state is announced.
    if (!first || (uploads.length === 1 && !wasRemoved(first))) return;
    const { locale, format } = this.#options.localization();
    this.#announce(
      uploads.length > 1
        ? fillPlaceholders(locale.announceAdded, { count: format.count(uploads.length) })
        : fillPlaceholders(locale.announceRestored, { name: isolate(first.fileName) }),
    );
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
    // Otherwise the added files would not be visible.
    if (this.#failedOnly) this.#showAll(this.#announcement);
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

interface Added {
  upload: Upload;
  /** Whether nothing has changed, because the file is in the list already. */
  isDuplicate?: boolean;
}

/** Whether OSS has stored the object. Only its callback may have failed. */
function isInBucket(state: UploadState): boolean {
  return (
    state.status === 'succeeded' || (state.status === 'failed' && state.error.code === 'callback-failed')
  );
}

function isShown({ state }: Upload): boolean {
  return state.status !== 'cancelled';
}

/** Whether cancelling removes an upload from the list. */
function isRemoved(upload: Upload): boolean {
  return upload.state.status === 'resumable' || wasRemoved(upload);
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
