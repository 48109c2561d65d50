/** The element: properties, lifecycle and rendering. Uploads are managed by controllers/uploads.ts. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { ConfigWarnings } from './config-warnings.js';
import { validateConfig } from './config.js';
import { BeforeUnloadController } from './controllers/before-unload.js';
import { CountdownController } from './controllers/countdown.js';
import { CustomStates } from './controllers/custom-states.js';
import { DropController } from './controllers/drop.js';
import { FilePicker } from './controllers/file-picker.js';
import { FocusController } from './controllers/focus.js';
import { LocalizeController } from './controllers/localize.js';
import { OnlineController } from './controllers/online.js';
import { PageLifecycleController } from './controllers/page-lifecycle.js';
import { UploadsController } from './controllers/uploads.js';
import { VirtualListController } from './controllers/virtual-list.js';
import { WakeLockController } from './controllers/wake-lock.js';
import {
  isSingle,
  type Checkpoint,
  type Progress,
  type Upload,
  type UploadError,
  type Uploader,
  type UploadSummary,
} from './core/index.js';
import { createUploader, type UploaderOptions } from './create-uploader.js';
import type { FormElement } from './form-element.js';
import { styles } from './oss-resumable-upload.styles.js';
import type { Localization } from './presentation/localization.js';
import { elementStatuses, overallStatus, type ElementStatus } from './presentation/overall-status.js';
import type { DragState } from './restrictions.js';
import { nextFrame, whenPageLoaded } from './scheduling.js';
import { SettingsElement } from './settings-element.js';
import { renderAlerts } from './views/alerts.js';
import { renderDropZone } from './views/drop-zone.js';
import { isLong, renderFileList } from './views/file-list.js';
import { renderSummary } from './views/summary.js';

/**
 * Uploads a file of any size to Alibaba Cloud OSS and never starts over.
 *
 * @tag oss-resumable-upload
 *
 * @slot - Stands inside the drop zone, below the invitation.
 * @slot label - Invites to drop a file.
 * @slot hint - Says what may be uploaded; by default the largest size.
 * @slot icon - Stands in front of the invitation.
 *
 * @csspart base - The frame around everything.
 * @csspart dropzone - What invites to choose a file.
 * @csspart label - The text before the button that opens the file picker.
 * @csspart hint - What may be uploaded.
 * @csspart button - Every button.
 * @csspart browse-button - Opens the file picker, for a new file or for one that is wanted again.
 * @csspart upload-button - Begins the upload, or all of them.
 * @csspart pause-button - Pauses the upload, or all of them.
 * @csspart resume-button - Goes on with a paused upload, or with all of them.
 * @csspart cancel-button - Gives the upload up, or all of them, or discards what an earlier visit left, and confirms that.
 * @csspart retry-button - Tries a failed upload again, or all of them, or ends a wait.
 * @csspart remove-button - Takes the file off the list, or all that are uploaded.
 * @csspart summary - Stands above the list of several files: how far all of them are, and the buttons for all.
 * @csspart list - The list of files; scrolls where it is long.
 * @csspart item - One file.
 * @csspart file-name - Its name, shortened in the middle.
 * @csspart file-size - Its size, or how much of it has been sent.
 * @csspart status - The line that says how it stands, or how all of them stand.
 * @csspart error - What went wrong and what to do.
 * @csspart progress - The track of the progress bar.
 * @csspart progress-bar - The fill of the progress bar.
 * @csspart progress-text - The percentage.
 *
 * @cssprop --oss-accent - Colour of the main button, the bar and the focus ring.
 * @cssprop --oss-on-accent - Colour of text on the accent.
 * @cssprop [--oss-surface=transparent] - Background.
 * @cssprop [--oss-text=inherit] - Colour of text.
 * @cssprop --oss-muted - Colour of what is said on the side; by default mixed from the text's.
 * @cssprop --oss-border - Colour of borders; by default mixed from the text's.
 * @cssprop --oss-error - Colour of errors.
 * @cssprop --oss-success - Colour of success.
 * @cssprop [--oss-radius=8px] - Radius of corners.
 * @cssprop [--oss-gap=0.75em] - Distance between things.
 * @cssprop [--oss-font=inherit] - Font, as the shorthand `font`.
 * @cssprop [--oss-progress-height=6px] - Height of the progress bar.
 * @cssprop --oss-progress-track - Background of the progress bar; by default mixed from the text's colour.
 * @cssprop --oss-focus-ring - Outline of what has the keyboard's focus.
 *
 * @cssstate idle - Nothing is picked.
 * @cssstate ready - A file is picked and waits for Upload.
 * @cssstate preparing - Credentials are asked for; what has arrived is found out.
 * @cssstate uploading - Bytes move.
 * @cssstate waiting - For the network, or before another attempt.
 * @cssstate paused - The person, or the page, has paused it.
 * @cssstate completing - All bytes are there; OSS puts them together.
 * @cssstate succeeded - The object is stored.
 * @cssstate failed - It ended with an error.
 * @cssstate cancelled - It was given up.
 * @cssstate resumable - Known from an earlier visit.
 * @cssstate dragging - A file is dragged over the element.
 * @cssstate offline - There is no network.
 *
 * @fires {CustomEvent<FileAddDetail>} oss-file-add - Before a new file is taken; cancelable.
 * @fires {CustomEvent<FileRejectDetail>} oss-file-reject - A file was not taken.
 * @fires {CustomEvent<ResumableFoundDetail>} oss-resumable-found - Uploads of earlier visits wait for their files.
 * @fires {CustomEvent<UploadStartDetail>} oss-upload-start - Before the first byte leaves; cancelable.
 * @fires {CustomEvent<UploadProgressDetail>} oss-upload-progress - Bytes have moved; at most once a frame.
 * @fires {CustomEvent<PartCompleteDetail>} oss-part-complete - OSS has acknowledged a part.
 * @fires {CustomEvent<StateChangeDetail>} oss-state-change - An upload has another status.
 * @fires {CustomEvent<UploadRetryDetail>} oss-upload-retry - A request failed and will be tried again.
 * @fires {CustomEvent<UploadSuccessDetail>} oss-upload-success - The object is stored.
 * @fires {CustomEvent<UploadErrorDetail>} oss-upload-error - The upload has failed.
 * @fires {CustomEvent<UploadDetail>} oss-upload-cancel - The upload was given up.
 * @fires {Event} change - The value has changed: the keys of the files that are stored.
 */
export class OssResumableUpload extends SettingsElement {
  static override styles = styles;

  @state() private dragState?: DragState | undefined;
  @state() private pageLoaded = false;

  readonly #localize = new LocalizeController(this);
  readonly #online = new OnlineController(this);
  readonly #virtualList = new VirtualListController(this);
  readonly #states = new CustomStates(this.internals);
  readonly #configWarnings = new ConfigWarnings();
  readonly #uploads: UploadsController;
  readonly #picker: FilePicker<Upload>;
  /** Form state from an earlier page, until the bucket is known. */
  #restoredFormState: unknown;
  #reflectedStatus: ElementStatus | undefined;
  #renderedLocalization: Localization | undefined;

  constructor() {
    super();
    this.internals.role = 'group';
    this.#uploads = new UploadsController(this, {
      config: this,
      localization: () => this.#localization,
      isDisabled: () => this.isDisabled,
      createUploader: (options) => this.createUploader(options),
      browseFor: (upload) => this.#browse(upload),
      onStateChange: (isEnd) => this.#onStateChange(isEnd),
    });
    this.#picker = new FilePicker(
      () => this.shadowRoot?.querySelector('input[type=file]'),
      (files, upload) => this.#uploads.addSelected(files, upload),
    );
    new DropController(this, {
      mode: () => (this.noDrop ? 'ignore' : this.isDisabled ? 'refuse' : 'accept'),
      acceptsFolders: () => this.directory,
      checkTypes: (types) => this.#uploads.checkDragged(types),
      onDragChange: (state) => (this.dragState = state),
      onFiles: (files) => void this.#uploads.addDropped(files),
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
    this.addEventListener('click', (event) => this.#onClick(event));
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

  /** Focuses the first control. */
  override focus(options?: FocusOptions): void {
    this.#firstControl?.focus(options);
  }

  /** Opens the file picker. Browsers require a user action, such as a click. */
  browse(): void {
    this.#browse();
  }

  /**
   * Adds files as if they had been dropped. Rejected files are reported by `oss-file-reject`.
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

  /** Resumes all paused uploads and ends waits. Resumable uploads are resumed one by one: `upload.resume()`. */
  resume(): void {
    this.#uploads.run('resume', 'all');
  }

  /**
   * Cancels all unfinished uploads without confirmation, except restored ones. Resolves when OSS has removed their parts,
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

  override connectedCallback(): void {
    super.connectedCallback();
    // Restarts what stopped with the disconnection, such as a countdown.
    this.requestUpdate();
    void whenPageLoaded().then(() => (this.pageLoaded = true));
  }

  /** Empties the list. Stored parts of unfinished files are kept, so that they can be resumed. */
  protected override formResetCallback(): void {
    super.formResetCallback();
    void this.#uploads.reset();
  }

  /** Shows and submits the files again that an earlier page of the form has stored. */
  protected formStateRestoreCallback(state: unknown, reason: 'autocomplete' | 'restore'): void {
    if (reason !== 'restore') return;
    this.#restoredFormState = state;
    this.#restoreFormState();
  }

  /** `moveBefore()` doesn't interrupt uploads. The language may differ at the new place. */
  protected connectedMoveCallback(): void {
    this.#localize.refresh();
  }

  protected override willUpdate(): void {
    this.#restoreFormState();
    this.#uploads.restoreOnce();
    const localization = this.#localization;
    this.internals.ariaLabel = this.control.labelText || localization.locale.uploader;
    if (this.#renderedLocalization !== localization) {
      this.#renderedLocalization = localization;
      this.#uploads.localizeErrors();
    }
    const { status } = this;
    this.requestUpdate('status', this.#reflectedStatus);
    this.#reflectedStatus = status;
    for (const name of elementStatuses) this.#states.toggle(name, name === status);
    this.#states.toggle('dragging', this.dragState !== undefined);
    this.#states.toggle('offline', this.#online.isOffline || this.#uploads.summary.waitingForNetwork > 0);
  }

  /** Long lists are rendered at most once a frame. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    if (!this.hasUpdated || !isLong(this.uploads)) return super.scheduleUpdate();
    return nextFrame().then(() => super.scheduleUpdate());
  }

  protected override firstUpdated(): void {
    // Browsers ignore `autofocus` on elements whose controls are in a shadow tree.
    if (this.autofocus && document.activeElement === document.body) this.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.pageLoaded) this.#configWarnings.log(this.localName, this.#configErrors);
  }

  protected override render(): TemplateResult {
    const rows = this.uploads.filter(({ state }) => state.status !== 'cancelled');
    const { summary, hasRoom, announcement, restrictions } = this.#uploads;
    const isMany = restrictions.multiple;
    const dropZone =
      hasRoom &&
      (isMany || rows.every(({ state }) => state.status === 'resumable')) &&
      this.#renderDropZone(rows);
    return html`
      <div part="base" class=${classMap(this.#baseClasses(rows))} lang=${this.#localization.tag}>
        ${(isMany && dropZone) || nothing} ${isSingle(summary) ? nothing : this.#renderSummary(summary)}
        ${rows.length > 0 ? this.#renderList(rows, summary) : nothing} ${(!isMany && dropZone) || nothing}
        ${this.#renderAlerts()}
      </div>
      ${this.#picker.render({
        accept: this.accept,
        multiple: isMany,
        directory: this.directory,
        disabled: this.isDisabled,
      })}
      <div class="spoken" role="status" lang=${this.#localization.tag}>${announcement}</div>
    `;
  }

  #baseClasses(rows: readonly Upload[]): Record<string, boolean> {
    const { dragState } = this;
    return {
      base: true,
      empty: rows.length === 0,
      many: this.#uploads.restrictions.multiple,
      dragging: dragState === 'accepted',
      refused: dragState !== undefined && dragState !== 'accepted',
    };
  }

  #renderDropZone(rows: readonly Upload[]): TemplateResult {
    return renderDropZone({
      wants: this.directory ? 'folder' : this.multiple ? 'files' : 'file',
      isAnother: rows.length > 0,
      dragging: this.dragState,
      noDrop: this.noDrop,
      disabled: this.isDisabled,
      accept: this.accept,
      maxSize: this.#uploads.restrictions.maxSize,
      localization: this.#localization,
      onBrowse: () => this.browse(),
    });
  }

  #renderSummary(summary: UploadSummary): TemplateResult {
    return renderSummary({
      summary,
      localization: this.#localization,
      disabled: this.isDisabled,
      confirming: this.#uploads.confirming === 'all',
      onAction: (action) => this.#uploads.run(action, 'all'),
    });
  }

  #renderList(uploads: readonly Upload[], summary: UploadSummary): TemplateResult {
    const { confirming, mismatch } = this.#uploads;
    return renderFileList({
      uploads,
      confirming,
      mismatch,
      localization: this.#localization,
      disabled: this.isDisabled,
      isAlone: isSingle(summary),
      renderVisible: (rows, renderRows) => this.#virtualList.render(rows, renderRows),
      onAction: (action, upload) => this.#uploads.run(action, upload),
    });
  }

  #renderAlerts(): TemplateResult | typeof nothing {
    const { rejections, restrictions, wouldLoseProgress } = this.#uploads;
    // An error that has failed an upload is shown in its row.
    const shown = new Set(
      this.uploads.map(({ state }) => (state.status === 'failed' ? state.error.code : undefined)),
    );
    return renderAlerts({
      errors: this.pageLoaded ? this.#configErrors.filter(({ code }) => !shown.has(code)) : [],
      rejections,
      persistenceUnavailable: wouldLoseProgress,
      restrictions,
      localization: this.#localization,
    });
  }

  get #configErrors(): UploadError[] {
    const { errors } = this.#localization.locale;
    return validateConfig(this).map((error) => error.describe(errors));
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

  protected override get controlState(): FormElement['controlState'] {
    return { uploads: this.uploads, messages: this.#localization.locale, anchor: this.#firstControl };
  }

  get #localization(): Localization {
    return this.#localize.localization(this.strings);
  }

  /** Listeners may submit the form at once, so it must know of the end. Updating it at each of thousands is too slow. */
  #onStateChange(isEnd: boolean): void {
    if (isEnd || !isLong(this.uploads)) this.updateControl();
  }

  /** Files that were stored in another bucket are not restored, so this waits for the bucket. */
  #restoreFormState(): void {
    const state = this.#restoredFormState;
    if (state === undefined || !this.bucket) return;
    this.#restoredFormState = undefined;
    for (const file of this.control.restore(state, this.bucket)) this.#uploads.addStored(file);
  }

  #browse(upload?: Upload): void {
    if (this.isDisabled) return;
    const isMany = this.#uploads.restrictions.multiple && !upload;
    const request = { accept: this.accept, multiple: isMany, directory: isMany && this.directory };
    this.#picker.open(request, { withHandles: !this.noResume, purpose: upload });
  }

  /** Handles clicks on a label of the element and `click()` by scripts, which have the element itself as target. */
  #onClick(event: MouseEvent): void {
    if (event.composedPath()[0] !== this || event.defaultPrevented) return;
    const isOnItself = event.detail > 0 && isInside(event, this.getBoundingClientRect());
    if (isOnItself) return;
    if (this.#uploads.hasRoom) this.browse();
    else this.focus();
  }
}

/** Whether it is a file, also of another frame, which is no instance of this page's `File`. */
function isFile(file: unknown): file is File {
  return Object.prototype.toString.call(file) === '[object File]';
}

function isInside({ clientX, clientY }: MouseEvent, { left, right, top, bottom }: DOMRect): boolean {
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

declare global {
  interface HTMLElementTagNameMap {
    'oss-resumable-upload': OssResumableUpload;
  }
}
