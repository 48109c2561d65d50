/** The element: methods, lifecycle and rendering. controllers/uploads.ts manages the uploads. */

import { html, nothing, supportsAdoptingStyleSheets, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { BeforeUnloadController } from './controllers/before-unload.js';
import { ConfigWarningsController } from './controllers/config-warnings.js';
import { CountdownController } from './controllers/countdown.js';
import { CustomStates } from './controllers/custom-states.js';
import { applyStyles, hasDocument, matchesMedia } from './controllers/document.js';
import { DropController } from './controllers/drop.js';
import { FilePicker } from './controllers/file-picker.js';
import { FocusController } from './controllers/focus.js';
import { isStored, scopeOfState } from './controllers/form.js';
import { ListOrderController } from './controllers/list-order.js';
import { LocalizeController } from './controllers/localize.js';
import { OnlineController } from './controllers/online.js';
import { PageLifecycleController } from './controllers/page-lifecycle.js';
import { ThumbnailsController } from './controllers/thumbnails.js';
import { UploadsController } from './controllers/uploads.js';
import { VirtualListController } from './controllers/virtual-list.js';
import { WakeLockController } from './controllers/wake-lock.js';
import {
  isFile,
  isSingle,
  type Checkpoint,
  type OwnerChange,
  type Progress,
  type Upload,
  type Uploader,
  type UploadSummary,
} from './core/index.js';
import { hashScope } from './core/checkpoints/fingerprint.js';
import { toText } from './core/owner.js';
import { createUploader, forget, type ForgetOptions, type UploaderOptions } from './create-uploader.js';
import type { FormElement } from './form-element.js';

import { styles } from './oss-resumable-upload.styles.js';
import type { Localization } from './presentation/localization.js';
import { elementStatuses, overallStatus, type ElementStatus } from './presentation/overall-status.js';
import { isReplaceable, type DragState } from './restrictions.js';
import { nextFrame } from './scheduling.js';
import { SettingsElement } from './settings-element.js';
import { parseStoredFiles } from './stored-files.js';
import { renderAlerts } from './views/alerts.js';
import { renderDropOverlay, renderDropZone } from './views/drop-zone.js';
import { isLong, renderFileList } from './views/file-list.js';
import { renderSummary } from './views/summary.js';

/** The settings that tell users apart. */
const ownerSettings = new Set<PropertyKey | undefined>([
  'resumeScope',
  'credentialsUrl',
  'withCredentials',
  'credentialsInit',
  'getCredentials',
]);

/**
 * Uploads files of any size to Alibaba Cloud OSS, directly from the browser. Uploads are resumable: stored parts are not
 * sent again after a pause, a network failure, a reload or a crash.
 *
 * @tag oss-resumable-upload
 *
 * @example
 * <oss-resumable-upload region="oss-cn-hangzhou" bucket="examplebucket" credentials-url="/sts"></oss-resumable-upload>
 *
 * @slot - Additional content inside the drop zone, below the button.
 * @slot label - Text next to the button that opens the file picker. Default: “Drag a file here, or”.
 * @slot hint - What may be uploaded. Default: the accepted types and the maximum file size, if they are limited.
 * @slot icon - Icon before the label.
 *
 * @csspart base - The border and background around everything.
 * @csspart dropzone - The drop zone, with the button that opens the file picker.
 * @csspart label - The text before that button.
 * @csspart hint - What may be uploaded, such as the maximum file size.
 * @csspart button - Every button.
 * @csspart primary-button - The highlighted button, for what most people do next.
 * @csspart browse-button - Opens the file picker, for new files or for the file of a resumable upload.
 * @csspart upload-button - Starts an upload, or all of them.
 * @csspart pause-button - Pauses an upload, or all of them.
 * @csspart resume-button - Resumes a paused upload, or all of them.
 * @csspart cancel-button - Cancels an upload or all of them, discards a resumable upload, or confirms discarding.
 * @csspart retry-button - Retries a failed upload or all of them, or ends a wait.
 * @csspart remove-button - Removes a file from the list, or all completed files.
 * @csspart undo-button - Brings back what was cancelled or removed, for some seconds.
 * @csspart replace-button - Opens the file picker for a file that replaces the stored one.
 * @csspart copy-button - Copies the object key of a stored file.
 * @csspart link - Opens a stored object, with `show-link`.
 * @csspart filter-button - Says how many files have failed, and shows only these in the list.
 * @csspart expand-button - The line at the end of a long list that stands for the uploaded files, and shows them.
 * @csspart dismiss-button - Removes the message about files that weren’t added.
 * @csspart summary - The overall progress above a list of several files, and the buttons for all of them.
 * @csspart list - The list of files. Long lists scroll.
 * @csspart item - One file in the list.
 * @csspart thumbnail - The tile before the name of a file: a picture of an image or a video, or the icon of its type.
 * @csspart file-name - The name of a file. Long names are shortened in the middle.
 * @csspart file-size - The size of a file, or how much of it is stored.
 * @csspart status - The status line of a file, or of all files.
 * @csspart error - An error message, with an icon and details.
 * @csspart progress - The track of a progress bar.
 * @csspart progress-bar - The filled part of a progress bar: what OSS has stored.
 * @csspart progress-inflight - The part of a progress bar that is being sent and isn't stored yet.
 * @csspart progress-text - How much is stored, in percent.
 *
 * @cssprop --oss-accent - Color of primary buttons, progress bars and the focus ring.
 * @cssprop --oss-on-accent - Text color on the accent color.
 * @cssprop [--oss-surface=transparent] - Background color.
 * @cssprop [--oss-text=inherit] - Text color.
 * @cssprop --oss-muted - Color of secondary text. Default: derived from the text color.
 * @cssprop --oss-border - Border color. Default: derived from the text color.
 * @cssprop --oss-control-border - Border color of buttons and of the empty drop zone. Default: `--oss-border`, or derived from the text color.
 * @cssprop --oss-error - Color of errors.
 * @cssprop --oss-success - Color of success.
 * @cssprop [--oss-radius=12px] - Corner radius.
 * @cssprop [--oss-gap=0.75em] - Base spacing.
 * @cssprop [--oss-font=inherit] - Font, as in the `font` shorthand.
 * @cssprop [--oss-progress-height=6px] - Height of progress bars.
 * @cssprop --oss-progress-track - Background of progress bars. Default: derived from the text color.
 * @cssprop --oss-focus-ring - Outline of the focused control, as in the `outline` shorthand.
 *
 * @cssstate idle - No file is selected.
 * @cssstate ready - A file is selected and the upload has not started.
 * @cssstate preparing - Fetching credentials and listing parts.
 * @cssstate uploading - Sending parts.
 * @cssstate waiting - Waiting for the network, for a retry, or for another tab that uploads the same file.
 * @cssstate paused - Paused by the user or the page.
 * @cssstate completing - All bytes are sent. OSS is assembling the object.
 * @cssstate succeeded - The object is stored.
 * @cssstate failed - Failed with an error.
 * @cssstate cancelled - Cancelled by the user or the page.
 * @cssstate resumable - Left unfinished by an earlier visit and waiting for its file.
 * @cssstate dragging - A file is dragged over the element.
 * @cssstate offline - The device is offline.
 *
 * @fires {CustomEvent<FileAddDetail>} oss-file-add - Fired before a file is added. Cancelable.
 * @fires {CustomEvent<FileRejectDetail>} oss-file-reject - Fired when a file is rejected.
 * @fires {CustomEvent<FileRemoveDetail>} oss-file-remove - Fired when a file is removed from the list by the user or a method, or is replaced. Not fired when an unfinished upload is cancelled.
 * @fires {CustomEvent<ResumableFoundDetail>} oss-resumable-found - Fired when unfinished uploads of earlier visits are found.
 * @fires {CustomEvent<UploadStartDetail>} oss-upload-start - Fired before an upload sends its first byte, each time it starts or resumes. Cancelable.
 * @fires {CustomEvent<UploadProgressDetail>} oss-upload-progress - Fired while an upload sends bytes, at most once per frame.
 * @fires {CustomEvent<PartCompleteDetail>} oss-part-complete - Fired when OSS acknowledges a part.
 * @fires {CustomEvent<StateChangeDetail>} oss-state-change - Fired when the status of an upload changes.
 * @fires {CustomEvent<UploadRetryDetail>} oss-upload-retry - Fired when a request has failed and will be retried.
 * @fires {CustomEvent<UploadSuccessDetail>} oss-upload-success - Fired when an object is stored.
 * @fires {CustomEvent<UploadErrorDetail>} oss-upload-error - Fired when an upload fails.
 * @fires {CustomEvent<UploadDetail>} oss-upload-cancel - Fired when an upload is cancelled.
 * @fires {Event} change - Fired when the value changes: the object keys of the stored files.
 */
export class OssResumableUpload extends SettingsElement {
  static override styles = styles;

  /**
   * Erases what this browser remembers of unfinished uploads, for example when the user signs out: all of it, or that of one
   * user. Uploads that wait for their files disappear from all tabs. Uploads that are in a list, such as a running or a
   * paused one, stay and can be continued, but they are not saved again: a reload ends them. The parts at OSS are not
   * deleted.
   *
   * Resolves when everything is erased. Rejects if the browser doesn't allow access to its storage, or doesn't respond.
   *
   * @example
   * await OssResumableUpload.forget({ scope: user.id });
   */
  static forget(options?: ForgetOptions): Promise<void> {
    return forget(options);
  }

  @state() private dragState?: DragState | undefined;
  /** Whether the uploaded files of a long list are shown. */
  @state() private isExpanded = false;

  readonly #localize = new LocalizeController(this);
  readonly #online = new OnlineController(this);
  readonly #virtualList = new VirtualListController(this);
  readonly #listOrder = new ListOrderController(this);
  readonly #thumbnails = new ThumbnailsController(this);
  readonly #states = new CustomStates(this.internals);
  readonly #configWarnings = new ConfigWarningsController(this);
  readonly #uploads: UploadsController;
  readonly #picker: FilePicker<Upload>;
  /** Restored form state, until the bucket is known. */
  #restoredFormState: unknown;
  /** The value of `stored` that the list was given last. */
  #appliedStored: unknown;
  /** Whether `stored` was set since the last rendering. */
  #isStoredNew = false;
  /** Whether the last pointer was a finger. */
  #isTouched = false;
  #reflectedStatus: string | null | undefined;
  #renderedLocalization: Localization | undefined;

  constructor() {
    super();
    this.internals.role = 'group';
    this.#uploads = new UploadsController(this, {
      config: this,
      localization: () => this.#localization,
      isDisabled: () => this.isDisabled,
      createUploader: (options) => this.createUploader(options),
      onConfigError: (error) => this.#configWarnings.log(error),
      onOwnerChange: (change) => this.#onOwnerChange(change),
      browseFor: (upload) => this.#browse(upload),
      isInUse: (upload) => this.#isInUse(upload),
      onStateChange: (isEnd) => this.#onStateChange(isEnd),
    });
    this.#picker = new FilePicker(
      () => this.shadowRoot?.querySelector('input[type=file]'),
      (files, upload) => void this.#uploads.addSelected(files, upload),
    );
    new DropController(this, {
      mode: () => (this.noDrop ? 'ignore' : this.isDisabled ? 'refuse' : 'accept'),
      folders: () => ({ accepted: this.directory, includeHidden: this.includeHidden }),
      checkTypes: (types) => this.#uploads.checkDragged(types),
      accepts: (file) => this.#uploads.accepts(file),
      onDragChange: (state) => (this.dragState = state),
      onFiles: (files) => void this.#uploads.addSelected(files),
      onEmptyDrop: () => this.#uploads.rejectEmptyDrop(),
    });
    new FocusController(this, '.item, .summary', [
      '.item:not(.resumable) button:not(:disabled)',
      '.item:not(.resumable)',
      '.dropzone button',
      '.summary button:not(:disabled)',
    ]);
    new BeforeUnloadController(this, () => this.warnOnLeave && this.#uploads.summary.active > 0);
    new WakeLockController(this, () => {
      const { active, waiting } = this.#uploads.summary;
      return this.keepAwake && active > waiting;
    });
    new PageLifecycleController(this, () => this.#uploads.suspend());
    new CountdownController(this, () =>
      this.uploads.some(({ state }) => state.status === 'waiting' && state.reason === 'retry'),
    );
  }

  /** Creates the engine. Override it to use other adapters, such as your own checkpoint store. */
  protected createUploader(options: () => UploaderOptions): Uploader {
    return createUploader(options);
  }

  /**
   * Status of the element as a whole. Also set as `:state(…)`.
   *
   * @readonly
   */
  @property({ reflect: true })
  get status(): ElementStatus {
    return overallStatus(this.uploads);
  }

  /** All uploads, one for each file, in the order in which they were added. */
  get uploads(): readonly Upload[] {
    return this.#uploads.uploads;
  }

  /** Total progress of all files: bytes, a ratio from 0 to 1, bytes per second and seconds. */
  get progress(): Progress {
    return this.#uploads.progress;
  }

  /**
   * Object key of the first stored file, which the form submits. Empty without one. Like that of `<input type="file">`, it
   * can only be set to an empty string, which removes all files from the list and cancels unfinished uploads, but doesn't
   * delete objects.
   *
   * @throws DOMException `InvalidStateError` if it is set to something else
   */
  get value(): string {
    this.#applyStored();
    return this.#uploads.submitted.find(isStored)?.key ?? '';
  }

  set value(value: string) {
    if (value !== '' && (value as unknown) !== null) {
      throw new DOMException('The value can only be set to an empty string.', 'InvalidStateError');
    }
    this.#applyStored();
    this.setValue(() => this.#uploads.empty());
  }

  /** Focuses the first control. */
  override focus(options?: FocusOptions): void {
    this.#firstControl?.focus(options);
  }

  /** Opens the file picker. Browsers require a user action, such as a click, before the call. */
  browse(): void {
    this.#browse();
  }

  /**
   * Adds files as if they had been dropped. `oss-file-reject` reports rejected files.
   *
   * @returns the uploads of the added files
   * @throws TypeError if one of them is not a `File`, such as a `Blob`, which has no name
   *
   * @example
   * await element.addFiles([new File([blob], 'report.pdf')]);
   */
  async addFiles(files: Iterable<File>): Promise<Upload[]> {
    const picked = [...files].map((file) => ({ file }));
    if (!picked.every(({ file }) => isFile(file))) {
      throw new TypeError('addFiles() accepts File objects. Wrap a Blob: new File([blob], name).');
    }
    return this.#uploads.addFiles(picked);
  }

  /** Returns the unfinished uploads of earlier visits, which wait for their files. */
  async listResumable(): Promise<Upload[]> {
    await this.#uploads.restore();
    return this.#uploads.resumable;
  }

  /**
   * Cancels an upload of an earlier visit without confirmation. Resolves when OSS has removed its parts, if the RAM policy
   * allows it.
   *
   * @param id of an upload that `listResumable()` returned
   */
  async discardResumable(id: string): Promise<void> {
    const upload = this.#uploads.resumable.find((resumable) => resumable.id === id);
    if (upload) await this.#uploads.cancel(upload);
  }

  /** Starts all uploads that have not started. */
  start(): void {
    this.#uploads.run('upload', 'all');
  }

  /** Pauses all uploads. Aborts in-flight requests; completed parts are kept. */
  pause(): void {
    this.#uploads.run('pause', 'all');
  }

  /** Resumes all paused uploads and ends waits. Resume resumable uploads one by one with `upload.resume()`. */
  resume(): void {
    this.#uploads.run('resume', 'all');
  }

  /**
   * Cancels all unfinished uploads without confirmation, except resumable ones. Resolves when OSS has removed their parts,
   * if the RAM policy allows it.
   */
  async cancel(): Promise<void> {
    await this.#uploads.cancel('all');
  }

  /** Retries all failed uploads and ends waits. Completed parts are kept. */
  retry(): void {
    this.#uploads.run('retry', 'all');
  }

  /** Removes succeeded and cancelled uploads from the list. */
  clear(): void {
    this.#uploads.run('clear', 'all');
  }

  /**
   * Adds an upload from a checkpoint that ali-oss or an earlier visit made, and resumes it.
   *
   * @param checkpoint in the shape of ali-oss
   * @param file the file, if the checkpoint doesn't hold it
   * @returns the upload, or `undefined` if the list is full
   * @throws UploadError `checkpoint-mismatch` if the checkpoint is damaged or belongs to another file
   */
  resumeFrom(checkpoint: Checkpoint, file?: File): Upload | undefined {
    return this.#uploads.resumeFrom(checkpoint, file);
  }

  /**
   * Drops the credentials, for example when the user signs out. All elements of the page with the same source and
   * `resume-scope` share them. The next request asks for new ones, also that of a running upload. A request for credentials
   * that is under way is aborted, and its response is ignored.
   *
   * @example
   * signOutButton.onclick = () => {
   *   element.pause();
   *   element.forgetCredentials();
   * };
   */
  forgetCredentials(): void {
    this.#uploads.forgetCredentials();
  }

  protected override createRenderRoot(): ShadowRoot {
    const { elementStyles, shadowRootOptions } = this.constructor as typeof OssResumableUpload;
    // A server has rendered it. Lit's own method hydrates it.
    if (this.shadowRoot) return super.createRenderRoot() as ShadowRoot;
    const root = this.attachShadow(shadowRootOptions);
    applyStyles(root, elementStyles);
    this.renderOptions.renderBefore ??= root.firstChild;
    return root;
  }

  /** Called when the element is moved to another document, which drops its constructed style sheets. */
  protected adoptedCallback(): void {
    const { elementStyles } = this.constructor as typeof OssResumableUpload;
    if (this.shadowRoot && supportsAdoptingStyleSheets) applyStyles(this.shadowRoot, elementStyles);
  }

  /** Restores the reflected status: frameworks that morph the page remove attributes that their markup doesn't contain. */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name !== 'status' || value === this.#reflectedStatus) return;
    this.#reflectedStatus = value;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    if (!hasDocument) return;
    super.connectedCallback();
    this.#uploads.connect();
    // Restarts what stopped when the element was disconnected, such as a countdown.
    this.requestUpdate();
  }

  /** Shows the files of `stored` alone. Stored parts of unfinished files are kept, so that they can be resumed. */
  protected formResetCallback(): void {
    this.#applyStored();
    this.setValue(() => void this.#uploads.reset());
  }

  /** Shows and submits the stored files of a restored form again. */
  protected formStateRestoreCallback(state: unknown, reason: 'autocomplete' | 'restore'): void {
    // A list that shows the default value has no state.
    if (reason !== 'restore' || typeof state !== 'string') return;
    this.#restoredFormState = state;
    this.#restoreFormState();
  }

  /** `moveBefore()` doesn't interrupt uploads. Only the language may differ in the new place. */
  protected connectedMoveCallback(): void {
    this.#localize.refresh();
  }

  /** Notices another user before the next rendering, which may be long after: the tab may be hidden. */
  override requestUpdate(...change: Parameters<SettingsElement['requestUpdate']>): void {
    super.requestUpdate(...change);
    const [property] = change;
    // Several settings may be changed together, or be changed back.
    if (ownerSettings.has(property)) queueMicrotask(() => this.#uploads.updateOwner());
    if (property !== 'stored' || !this.hasUpdated) return;
    this.#isStoredNew = true;
    this.#applyStored();
  }

  /** Shows the files of `stored` if it has changed. */
  #applyStored(): void {
    if (this.stored === this.#appliedStored) return;
    this.#appliedStored = this.stored;
    // If the user has changed, the files of the other one go first.
    this.#uploads.updateOwner();
    this.setValue(() => this.#uploads.setDefault(parseStoredFiles(this.stored, this.baseURI)));
  }

  protected override willUpdate(): void {
    // The page may have named another user after it has set `stored` for them.
    if (this.#isStoredNew) this.#uploads.updateOwner();
    this.#isStoredNew = false;
    this.#applyStored();
    this.#restoreFormState();
    this.#uploads.restoreOnce();
    const localization = this.#localization;
    this.internals.ariaLabel = this.control.labelText || localization.locale.uploader;
    if (this.#renderedLocalization !== localization) {
      this.#renderedLocalization = localization;
      this.#uploads.localizeErrors();
    }
    const { status } = this;
    if (!this.#configWarnings.mayHydrate || status !== (this.#reflectedStatus ?? 'idle')) {
      this.requestUpdate('status', this.#reflectedStatus);
      this.#reflectedStatus = status;
    }
    for (const name of elementStatuses) this.#states.toggle(name, name === status);
    this.#states.toggle('dragging', this.dragState !== undefined);
    this.#states.toggle('offline', this.#online.isOffline || this.#uploads.summary.waitingForNetwork > 0);
  }

  protected override update(changed: PropertyValues): void {
    const isReflected = this.#reflectedStatus !== undefined;
    // Lit reflects the initial value in the first update. Neither change of the attribute is one by the page.
    if (!isReflected) this.#reflectedStatus = this.status;
    super.update(changed);
    if (isReflected) return;
    this.#reflectedStatus = null;
    this.removeAttribute('status');
    this.#reflectedStatus = undefined;
  }

  /** Long lists are rendered at most once a frame. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    if (!this.hasUpdated || !isLong(this.uploads)) return super.scheduleUpdate();
    return nextFrame().then(() => super.scheduleUpdate());
  }

  protected override firstUpdated(): void {
    // Browsers ignore `autofocus` on elements whose controls are in a shadow tree.
    const { activeElement, body } = this.ownerDocument;
    if (this.autofocus && activeElement === body) this.focus();
  }

  protected override render(): TemplateResult {
    const listed = this.uploads.filter(({ state }) => state.status !== 'cancelled');
    const { rows, summary, hasRoom, announcement, restrictions } = this.#uploads;
    const isMany = restrictions.multiple;
    const dropZone =
      hasRoom &&
      (isMany || listed.every(({ state }) => state.status === 'resumable')) &&
      this.#renderDropZone(listed);
    return html`
      <div
        part="base"
        class=${this.#baseClasses(rows)}
        lang=${this.#localization.tag}
        @keydown=${this.#onKeyDown}
        @pointerover=${({ pointerType }: PointerEvent) => (this.#isTouched = pointerType === 'touch')}
      >
        ${(isMany && dropZone) || nothing} ${isSingle(summary) ? nothing : this.#renderSummary(summary)}
        ${rows.length > 0 ? this.#renderList(rows, summary) : nothing} ${(!isMany && dropZone) || nothing}
        ${this.#renderAlerts()} ${this.dragState ? this.#renderDropOverlay(this.dragState, listed) : nothing}
      </div>
      ${this.#picker.render({
        accept: this.accept,
        multiple: isMany,
        directory: this.directory,
        disabled: this.isDisabled,
      })}
      <div
        class="spoken"
        role="status"
        translate="no"
        lang=${this.#localization.tag}
        .textContent=${announcement}
      ></div>
    `;
  }

  /** Escape answers an open question with the safe choice, and closes nothing else, such as a dialog around the element. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { confirming } = this.#uploads;
    if (event.key !== 'Escape' || !confirming) return;
    event.preventDefault();
    event.stopPropagation();
    this.#uploads.run('keep', confirming);
  };

  /** Whether the user points at the row of this upload, or has moved the focus to it with the keyboard. */
  #isInUse({ id }: Upload): boolean {
    const item = this.shadowRoot?.getElementById(`name-${id}`)?.closest('.item');
    if (!item) return false;
    // The row that was tapped last counts as hovered.
    return (!this.#isTouched && item.matches(':hover')) || item.querySelector(':focus-visible') !== null;
  }

  #baseClasses(rows: readonly Upload[]): string {
    const { dragState } = this;
    const classes = [
      'base',
      rows.length === 0 && 'empty',
      this.#uploads.restrictions.multiple && 'many',
      dragState && (dragState === 'accepted' ? 'dragging' : 'refused'),
    ];
    return classes.filter(Boolean).join(' ');
  }

  #renderDropZone(rows: readonly Upload[]): TemplateResult {
    return renderDropZone({
      kind: this.#kind,
      isAnother: rows.length > 0,
      isCompact: this.compact || rows.length > 0,
      noDrop: this.noDrop,
      disabled: this.isDisabled,
      accept: this.accept,
      maxSize: this.#uploads.restrictions.maxSize,
      isTouchOnly: matchesMedia(this, '(hover: none) and (pointer: coarse)'),
      localization: this.#localization,
      onBrowse: () => this.browse(),
    });
  }

  #renderDropOverlay(dragging: DragState, rows: readonly Upload[]): TemplateResult {
    const isCurrent = (upload: Upload) =>
      dragging === 'accepted' ? isReplaceable(upload) : upload.state.status !== 'resumable';
    const current = this.#uploads.restrictions.multiple ? undefined : rows.find(isCurrent);
    return renderDropOverlay({
      kind: this.#kind,
      dragging,
      current: current?.fileName,
      localization: this.#localization,
    });
  }

  get #kind(): 'file' | 'files' | 'folder' {
    if (this.directory) return 'folder';
    return this.multiple ? 'files' : 'file';
  }

  #renderSummary(summary: UploadSummary): TemplateResult {
    return renderSummary({
      summary,
      localization: this.#localization,
      disabled: this.isDisabled,
      confirming: this.#uploads.confirming === 'all',
      failedOnly: this.#uploads.failedOnly,
      onFilter: () => this.#uploads.toggleFilter(),
      onAction: (action) => this.#uploads.run(action, 'all'),
    });
  }

  #renderList(uploads: readonly Upload[], summary: UploadSummary): TemplateResult {
    const { confirming, mismatch, failedOnly, undoable, copied, restrictions } = this.#uploads;
    return renderFileList({
      order: this.#listOrder.arrange(uploads, failedOnly),
      isExpanded: this.isExpanded,
      confirming,
      mismatch,
      undoable,
      copied,
      showLink: this.showLink,
      isOnly: !restrictions.multiple,
      localization: this.#localization,
      disabled: this.isDisabled,
      isAlone: isSingle(summary),
      pictureOf: (upload) => this.#thumbnails.pictureOf(upload),
      renderVisible: (rows, renderRows) => this.#virtualList.render(rows, renderRows),
      onToggle: () => (this.isExpanded = !this.isExpanded),
      onLeave: this.#listOrder.onLeave,
      onAction: (action, upload) => this.#uploads.run(action, upload),
    });
  }

  #renderAlerts(): TemplateResult | typeof nothing {
    const { rejections, restrictions, wouldLoseProgress } = this.#uploads;
    const localization = this.#localization;
    // An error that has failed an upload is shown in its row.
    const shown = new Set(
      this.uploads.map(({ state }) => (state.status === 'failed' ? state.error.code : undefined)),
    );
    return renderAlerts({
      errors: this.#configWarnings.errors
        .filter(({ code }) => !shown.has(code))
        .map((error) => error.describe(localization.locale.errors)),
      rejections,
      persistenceUnavailable: wouldLoseProgress,
      restrictions,
      localization,
      onDismiss: () => {
        this.focus();
        this.#uploads.dismiss();
      },
    });
  }

  get #firstControl(): HTMLElement | undefined {
    const controls = this.shadowRoot?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [];
    // The drop zone may be below resumable uploads. While a file is completed there is no control.
    return (
      [...controls].find((control) => control.closest('.dropzone')) ??
      controls[0] ??
      this.shadowRoot?.querySelector<HTMLElement>('.item') ??
      undefined
    );
  }

  #onOwnerChange({ removed, isScopeNew }: OwnerChange): void {
    if (removed > 0 && !isScopeNew) this.#configWarnings.warnOfOwnerChange();
    this.#restoredFormState = undefined;
    // It was set together with the user, perhaps before.
    if (this.#isStoredNew) this.#appliedStored = undefined;
    this.#applyStored();
    this.updateControl();
  }

  protected override get controlState(): FormElement['controlState'] {
    return {
      bucket: toText(this.bucket).trim(),
      isChanged: this.#uploads.isChanged,
      scope: this.#scope,
      uploads: this.#uploads.submitted,
      messages: this.#localization.locale,
      anchor: this.#firstControl,
    };
  }

  get #localization(): Localization {
    return this.#localize.localization(this.strings);
  }

  /** Listeners may submit the form immediately, so it is updated at the end. For long lists, each change is too often. */
  #onStateChange(isEnd: boolean): void {
    if (isEnd || !isLong(this.uploads)) this.updateControl();
  }

  /** The user in form state, which the browser keeps. */
  get #scope(): string {
    return hashScope(toText(this.resumeScope));
  }

  /** Files of another bucket or user are not restored, so this waits until the page has set both. */
  #restoreFormState(): void {
    const state = this.#restoredFormState;
    if (state === undefined || !this.bucket || scopeOfState(state) !== this.#scope) return;
    this.#restoredFormState = undefined;
    const files = this.control.restore(state, this.bucket.trim());
    this.setValue(() => this.#uploads.restoreStored(files));
  }

  #browse(upload?: Upload): void {
    if (this.isDisabled) return;
    const isMany = this.#uploads.restrictions.multiple && !upload;
    const request = { accept: this.accept, multiple: isMany, directory: isMany && this.directory };
    this.#picker.open(request, { withHandles: !this.noResume, purpose: upload });
  }

  protected override activate(): void {
    if (this.#uploads.hasRoom) this.browse();
    else this.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oss-resumable-upload': OssResumableUpload;
  }
}
