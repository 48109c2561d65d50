/**
 * The element: attributes in, template out, clicks handed on to the engine, events out.
 */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  isActive,
  UploadError,
  type Checkpoint,
  type ObjectKey,
  type Progress,
  type Upload,
  type UploadCallback,
  type Uploader as Engine,
  type UploaderEvent,
} from './core/index.js';
import { mayBeAccepted } from './restrictions.js';
import { Announcer } from './presentation/announcer.js';
import {
  summarize,
  isBusy,
  isSingle,
  unfinished,
  waitsForNetwork,
  type UploadSummary,
} from './presentation/upload-summary.js';
import { CustomStates } from './controllers/custom-states.js';
import { ConfigWarnings } from './config-warnings.js';
import { DropController, type Dragging } from './controllers/drop.js';
import { renderDropZone } from './views/drop-zone.js';
import type { Dropped } from './controllers/data-transfer.js';
import { FilePicker, type FileRequest, type PickedFile } from './controllers/file-picker.js';
import { FocusController } from './controllers/focus.js';
import { FormElement } from './form-element.js';
import { nextFrame, whenPageLoaded } from './scheduling.js';
import { EventDispatcher } from './controllers/event-dispatcher.js';
import { Intake, type Rejection } from './controllers/intake.js';
import { LocalizeController } from './controllers/localize.js';
import { isLong, renderFileList } from './views/file-list.js';
import { VirtualListController } from './controllers/virtual-list.js';
import { BeforeUnloadController } from './controllers/before-unload.js';
import { renderAlerts } from './views/alerts.js';
import { OnlineController } from './controllers/online.js';
import { elementStatuses, overallStatus, type ElementStatus } from './presentation/overall-status.js';
import { PageLifecycleController } from './controllers/page-lifecycle.js';
import type { FileMismatch, RowAction } from './views/file-row.js';
import { toUploaderOptions, maxFileCount, maxFileSize, validateConfig, takesMany } from './config.js';
import { statusText } from './presentation/status-text.js';
import { renderSummary, type BulkAction } from './views/summary.js';
import { CountdownController } from './controllers/countdown.js';
import type { Localization } from './presentation/localization.js';
import { WakeLockController } from './controllers/wake-lock.js';
import { Uploader, type GetCredentials, type OssSdk, type UploaderOptions } from './create-uploader.js';
import { emit } from './events.js';
import type { Strings } from './i18n/types.js';
import { fillPlaceholders } from './core/index.js';
import { styles } from './oss-resumable-upload.styles.js';

/** More than this is not thrown away without confirming, in bytes. */
const CONFIRM_DISCARD_BYTES = 50e6;

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
export class OssResumableUpload extends FormElement {
  static override styles = styles;

  /** Region of the bucket, `oss-cn-hangzhou` or `cn-hangzhou`. Needed. */
  @property() region?: string;

  /** Name of the bucket. Needed. */
  @property() bucket?: string;

  /** A URL or a host: custom domain, acceleration, internal, a local server. By default made from the region. */
  @property() endpoint?: string;

  /** Whether the endpoint is a domain that is bound to the bucket. */
  @property({ type: Boolean }) cname = false;

  /** Whether the bucket goes into the path. */
  @property({ type: Boolean, attribute: 'path-style' }) pathStyle = false;

  /**
   * Where a file is stored: a template of `{name} {basename} {ext} {uuid} {date} {path}`, or a function that makes
   * the key.
   */
  @property({ attribute: 'object-key' }) objectKey: ObjectKey = '{name}';

  /** Whether an object of the same key may be replaced. */
  @property({ type: Boolean }) overwrite = false;

  /** Where STS credentials are requested, relative to the page. */
  @property({ attribute: 'credentials-url' }) credentialsUrl?: string;

  /** Whether cookies are sent to `credentials-url` across origins. */
  @property({ type: Boolean, attribute: 'with-credentials' }) withCredentials = false;

  /** Method and headers of the request for credentials, such as a CSRF token. */
  @property({ attribute: false }) credentialsInit?: RequestInit;

  /** Provides STS credentials in place of `credentials-url`. */
  @property({ attribute: false }) getCredentials?: GetCredentials;

  /** Which files are taken, as on `<input type="file">`. */
  @property() accept?: string;

  /** Whether several files are taken. */
  @property({ type: Boolean }) multiple = false;

  /** Whether folders are taken, with all that is in them; their paths are in `{path}`. */
  @property({ type: Boolean }) directory = false;

  /** How many files are taken, where several are. */
  @property({ attribute: 'max-files' }) maxFiles?: string | number;

  /** The largest file that is taken: bytes, or `500MB`, `2 GiB`. */
  @property({ attribute: 'max-size' }) maxSize?: string | number;

  /** Whether an upload begins as soon as a file is picked. */
  @property({ type: Boolean, attribute: 'auto-start' }) autoStart = false;

  /** `auto`, bytes or `8MB`; raised where 10,000 parts would not do. */
  @property({ attribute: 'part-size' }) partSize: string | number = 'auto';

  /** Parts of one file under way at once: `auto` or a number. */
  @property() parallel: string | number = 'auto';

  /** Files under way at once. */
  @property({ attribute: 'concurrent-files' }) concurrentFiles: string | number = 2;

  /** RetryScheduler in a row without a byte moved before an upload gives up; waiting for the network costs none. */
  @property({ type: Number }) retries = 5;

  /** Whether nothing is kept by which an upload could go on after a reload. */
  @property({ type: Boolean, attribute: 'no-resume' }) noResume = false;

  /** Tells apart users who share a browser: what one of them has left unfinished is not shown to another. */
  @property({ attribute: 'resume-scope' }) resumeScope = '';

  /** Whether what OSS has stored is not compared with the file by its CRC-64. */
  @property({ type: Boolean, attribute: 'no-verify' }) noVerify = false;

  /** Whether the browser asks before the page is left while an upload is under way. */
  @property({ type: Boolean, attribute: 'warn-on-leave' }) warnOnLeave = false;

  /** Whether the screen stays awake while bytes move. */
  @property({ type: Boolean, attribute: 'keep-awake' }) keepAwake = false;

  /** Whether dropping and pasting files is left to the page. */
  @property({ type: Boolean, attribute: 'no-drop' }) noDrop = false;

  /** Texts in place of single ones of the language; the attribute takes JSON. */
  @property({ type: Object }) strings?: Strings;

  /** Headers of the object, such as `Cache-Control`. */
  @property({ attribute: false }) headers?: Record<string, string>;

  /** User metadata of the object, without the prefix `x-oss-meta-`. */
  @property({ attribute: false }) meta?: Record<string, string>;

  /** Tags of the object. */
  @property({ attribute: false }) tags?: Record<string, string>;

  /** Storage class of the object, such as `IA`. */
  @property({ attribute: false }) storageClass?: string;

  /** What OSS calls once the object is stored. */
  @property({ attribute: false }) callback?: UploadCallback;

  /** An SDK of the page's own, such as `window.OSS`; by default a lean one is loaded at the first upload. */
  @property({ attribute: false }) sdk?: OssSdk;

  @state() private dragging?: Dragging;
  @state() private rejections: readonly Rejection[] = [];
  @state() private confirming?: Upload | 'all';
  @state() private mismatch?: FileMismatch;
  @state() private persistenceUnavailable = false;
  @state() private pageLoaded = false;
  @state() private spoken = '';

  @query('input[type=file]') private input!: HTMLInputElement;

  readonly #uploader: Engine;
  readonly #intake: Intake;
  readonly #states = new CustomStates(this.internals);
  readonly #localize = new LocalizeController(this);
  readonly #online = new OnlineController(this);
  readonly #announcer = new Announcer();
  readonly #configWarnings = new ConfigWarnings();
  readonly #dispatcher = new EventDispatcher(this, () => this.requestUpdate());
  readonly #picker: FilePicker;
  readonly #virtualList = new VirtualListController(this);
  /** The upload whose file is asked for; none where any file will do. */
  #uploadAwaitingFile?: Upload;
  /** Where uploads of earlier visits were looked for. */
  #lastRestoreKey?: string;
  /** What the form had kept of an earlier page. */
  #restoredFormState?: unknown;
  #reflectedStatus?: ElementStatus;
  #renderedLocalization?: Localization;

  /** @param createUploader makes the engine; a subclass may bring one with adapters of its own */
  constructor(createUploader: (options: UploaderOptions) => Engine = (options) => new Uploader(options)) {
    super();
    this.#uploader = createUploader({});
    this.#uploader.subscribe((notice) => this.#onNotice(notice));
    this.#intake = new Intake(this, this.#uploader, (rejection) => {
      this.rejections = [...this.rejections, rejection];
    });
    this.internals.role = 'group';
    this.#picker = new FilePicker({
      openInput: (request) => this.#openInput(request),
      onPick: (picked) => this.#onPick(picked),
    });
    new FocusController(this, '.item, .summary', [
      '.item:not(.resumable) button:not(:disabled)',
      '.item:not(.resumable)',
      '.dropzone button',
      '.summary button:not(:disabled)',
    ]);
    const hasSome = (wanted: (upload: Upload) => boolean) => this.uploads.some(wanted);
    new BeforeUnloadController(this, () => this.warnOnLeave && hasSome(({ state }) => isActive(state)));
    new WakeLockController(
      this,
      () => this.keepAwake && hasSome(({ state }) => isActive(state) && state.status !== 'waiting'),
    );
    new PageLifecycleController(this, () => this.#uploader.suspend());
    new CountdownController(this, () =>
      this.uploads.some(({ state }) => state.status === 'waiting' && state.reason === 'retry'),
    );
    new DropController(this, {
      mode: () => (this.noDrop ? 'ignore' : this.isDisabled ? 'refuse' : 'accept'),
      takesFolders: () => this.directory,
      judge: (types) => this.#judgeDragged(types),
      onDragging: (dragging) => (this.dragging = dragging),
      onFiles: (dropped) => void this.#onDrop(dropped),
    });
    this.addEventListener('click', (event) => this.#onClick(event));
    this.#refresh();
  }

  /**
   * How the element as a whole stands; also as `:state(…)`.
   *
   * @readonly
   */
  @property({ reflect: true })
  get status(): ElementStatus {
    return overallStatus(this.uploads);
  }

  /** One upload a file, in the order in which they were added. */
  get uploads(): readonly Upload[] {
    return this.#uploader.uploads;
  }

  /** Over all files: bytes, a ratio from 0 to 1, bytes per second and seconds. */
  get progress(): Progress {
    return this.#uploader.progress;
  }

  /** Focuses the first control. */
  override focus(options?: FocusOptions): void {
    this.#firstControl?.focus(options);
  }

  /** Opens the file picker; browsers ask for a click or a key press of the person beforehand. */
  browse(): void {
    this.#browse();
  }

  /**
   * Takes files in as if they had been dropped. Resolves with the uploads of those that were taken; the others are
   * told by `oss-file-reject`.
   *
   * @throws TypeError where one of them is no file but, say, a Blob, which has no name
   */
  async addFiles(files: Iterable<File>): Promise<Upload[]> {
    const picked = [...files].map((file) => ({ file }));
    if (!picked.every(({ file }) => isFile(file))) {
      throw new TypeError('addFiles takes files: give a Blob a name by new File([blob], name).');
    }
    return this.#add(picked);
  }

  /** Resolves with the uploads of earlier visits that wait for their files. */
  async listResumable(): Promise<Upload[]> {
    await this.#restore();
    return this.#uploader.resumable;
  }

  /**
   * Gives up, without confirming, an upload of an earlier visit. Resolves when OSS has been tidied up as far as it allows.
   *
   * @param id of one of those that `listResumable` tells
   */
  async discardResumable(id: string): Promise<void> {
    const upload = this.#uploader.resumable.find((resumable) => resumable.id === id);
    if (upload) await this.#discard(upload);
  }

  /** Begins what has not begun. */
  start(): void {
    this.#configure();
    this.#uploader.start();
    this.requestUpdate();
  }

  /** Silences the line at once; all that has arrived is kept. */
  pause(): void {
    this.#uploader.pause();
    this.requestUpdate();
  }

  /** Goes on where it was paused; ends a wait. What an earlier visit has left goes on by `resume()` of its own. */
  resume(): void {
    this.#configure();
    this.#uploader.resume();
    this.requestUpdate();
  }

  /**
   * Gives up, without confirming, what has not succeeded, but for what an earlier visit has left. Resolves when OSS has been
   * tidied up as far as it allows.
   */
  async cancel(): Promise<void> {
    await this.#uploader.cancel();
  }

  /** Tries again what has failed, with all kept that has arrived; ends a wait. */
  retry(): void {
    this.#configure();
    this.#uploader.retry();
    this.requestUpdate();
  }

  /** Takes off the list what has succeeded or was cancelled. */
  clear(): void {
    this.#uploader.clear();
    this.#refresh();
  }

  /**
   * Goes on at once from a checkpoint that ali-oss, or an earlier visit, made.
   *
   * @param checkpoint in ali-oss's own shape
   * @param file the file itself, where the checkpoint does not hold it
   * @returns the upload; `undefined` where there is no room for it
   * @throws UploadError `checkpoint-mismatch` where the checkpoint is damaged or not of this file
   */
  resumeFrom(checkpoint: Checkpoint, file?: File): Upload | undefined {
    this.#configure();
    this.rejections = [];
    try {
      const upload = this.#intake.addFrom(checkpoint, file);
      upload?.resume();
      return upload;
    } catch (error) {
      throw error instanceof UploadError
        ? error.describe(this.#localization.locale.errors[error.code])
        : error;
    } finally {
      this.#refresh();
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What ended with the way out, such as a countdown, begins again by a rendering.
    this.requestUpdate();
    void whenPageLoaded().then(() => (this.pageLoaded = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that only moves is connected again before this turn is over.
    queueMicrotask(() => {
      if (!this.isConnected) this.pause();
    });
  }

  /** Empties the list; what has arrived of an unfinished file stays, and can be gone on with. */
  protected override formResetCallback(): void {
    super.formResetCallback();
    this.confirming = undefined;
    this.rejections = [];
    this.mismatch = undefined;
    void this.#uploader.reset().then(() => this.#restore());
    this.#refresh();
  }

  /** The form comes back to its page: what was stored is shown, and submitted, again. */
  protected formStateRestoreCallback(state: unknown, reason: 'autocomplete' | 'restore'): void {
    if (reason !== 'restore') return;
    this.#restoredFormState = state;
    this.#restoreWherePossible();
  }

  /** A move by `moveBefore` is no reason to stop; the language may be another one there. */
  protected connectedMoveCallback(): void {
    this.#localize.refresh();
  }

  protected override willUpdate(): void {
    this.#configure();
    this.#restoreWherePossible();
    this.#restoreUploads();
    const localization = this.#localization;
    this.internals.ariaLabel = this.control.labelText || localization.locale.uploader;
    if (this.#renderedLocalization !== localization) {
      this.#renderedLocalization = localization;
      for (const { state } of this.uploads) {
        if ('error' in state) state.error?.describe(localization.locale.errors[state.error.code]);
      }
    }
    const current = this.status;
    for (const status of elementStatuses) this.#states.toggle(status, status === current);
    this.#states.toggle('dragging', this.dragging !== undefined);
    this.#states.toggle('offline', this.#isOffline);
  }

  /** What changes many times a second is drawn once a frame where there is much to draw. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    if (!this.hasUpdated || !isLong(this.uploads)) return super.scheduleUpdate();
    return nextFrame().then(() => super.scheduleUpdate());
  }

  protected override firstUpdated(): void {
    // The browser itself passes over what has its controls in a shadow tree.
    if (this.autofocus && document.activeElement === document.body) this.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.pageLoaded) this.#configWarnings.log(this);
  }

  protected override render(): TemplateResult {
    const rows = this.uploads.filter(({ state }) => state.status !== 'cancelled');
    const isMany = takesMany(this);
    const dropZone =
      this.#intake.hasRoom && (isMany || rows.every(isResumable)) && this.#renderDropZone(rows);
    const summary = summarize(this.#uploader);
    return html`
      <div part="base" class=${classMap(this.#baseClasses(rows.length))} lang=${this.#localization.tag}>
        ${(isMany && dropZone) || nothing} ${isSingle(summary) ? nothing : this.#renderSummary(summary)}
        ${rows.length > 0 ? this.#renderFileList(rows, summary) : nothing} ${(!isMany && dropZone) || nothing}
        ${this.#renderAlerts()}
      </div>
      <input
        type="file"
        hidden
        aria-hidden="true"
        accept=${ifDefined(this.accept || undefined)}
        ?multiple=${live(isMany)}
        .webkitdirectory=${live(this.directory)}
        ?disabled=${this.isDisabled}
        @click=${stopPropagation}
        @input=${stopPropagation}
        @change=${this.#onInput}
        @cancel=${() => this.#onPick([])}
      />
      <div class="spoken" role="status" lang=${this.#localization.tag}>${this.spoken}</div>
    `;
  }

  #baseClasses(rowCount: number): Record<string, boolean> {
    const { dragging } = this;
    return {
      base: true,
      empty: rowCount === 0,
      many: takesMany(this),
      dragging: dragging === 'welcome',
      refused: dragging !== undefined && dragging !== 'welcome',
    };
  }

  #renderDropZone(rows: readonly Upload[]): TemplateResult {
    const wants = this.directory ? 'folder' : this.multiple ? 'files' : 'file';
    const { dragging, noDrop } = this;
    return renderDropZone({
      ...{ wants, dragging, noDrop },
      isAnother: rows.length > 0,
      disabled: this.isDisabled,
      accept: this.accept,
      maxSize: maxFileSize(this),
      localization: this.#localization,
      onBrowse: () => this.browse(),
    });
  }

  #renderSummary(summary: UploadSummary): TemplateResult {
    return renderSummary({
      summary,
      localization: this.#localization,
      disabled: this.isDisabled,
      confirming: this.confirming === 'all',
      onAction: (action) => this.#actOnAll(action),
    });
  }

  #renderFileList(uploads: readonly Upload[], summary: UploadSummary): TemplateResult {
    const { confirming, mismatch } = this;
    return renderFileList({
      ...{ uploads, confirming, mismatch },
      localization: this.#localization,
      disabled: this.isDisabled,
      isAlone: isSingle(summary),
      virtualList: this.#virtualList,
      isQueued: (upload) => this.#uploader.isQueued(upload),
      onAction: (action, upload) => this.#act(action, upload),
    });
  }

  #renderAlerts(): TemplateResult | typeof nothing {
    const { locale } = this.#localization;
    // A fault that has failed an upload is told there.
    const told = new Set(
      this.uploads.map(({ state }) => (state.status === 'failed' ? state.error.code : undefined)),
    );
    const faults = this.pageLoaded
      ? validateConfig(this, locale.errors).filter(({ code }) => !told.has(code))
      : [];
    return renderAlerts({
      faults,
      rejections: this.rejections,
      persistenceUnavailable: this.#mayForget,
      accept: this.accept,
      maxSize: maxFileSize(this),
      maxCount: maxFileCount(this),
      localization: this.#localization,
    });
  }

  /** What has the focus first. */
  get #firstControl(): HTMLElement | undefined {
    const controls = this.shadowRoot?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [];
    // What invites stands below what an earlier visit has left. While a file is completed there is nothing to press.
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

  /** A click on one of its labels, or by a script, is told as one on the element itself. */
  #onClick(event: MouseEvent): void {
    if (event.composedPath()[0] !== this || event.defaultPrevented) return;
    const isOnItself = event.detail > 0 && isInside(event, this.getBoundingClientRect());
    if (isOnItself) return;
    if (this.#intake.hasRoom) this.browse();
    else this.focus();
  }

  get #localization(): Localization {
    return this.#localize.localization(this.strings);
  }

  /** Whether what is on the list would be lost with the page. */
  get #mayForget(): boolean {
    const wouldBeLost = ({ state }: Upload) =>
      isActive(state) || state.status === 'ready' || state.status === 'paused';
    return this.persistenceUnavailable && this.uploads.some(wouldBeLost);
  }

  get #isOffline(): boolean {
    return this.#online.isOffline || this.uploads.some(({ state }) => waitsForNetwork(state));
  }

  /** Hands to the engine what is set now; the next run of an upload reads it. */
  #configure(): void {
    this.#uploader.options = toUploaderOptions(this, {
      errorTexts: this.#localization.locale.errors,
      onBeforeStart: (upload, resumed, bytesKept) =>
        emit(this, 'oss-upload-start', { upload, resumed, bytesKept }, { cancelable: true }),
      onPersistenceError: () => {
        this.persistenceUnavailable = true;
        if (this.#mayForget) this.#announce(this.#localization.locale.persistenceUnavailable);
      },
    });
  }

  /** As soon as the bucket is known: what was stored in another one is none of ours. */
  #restoreWherePossible(): void {
    const state = this.#restoredFormState;
    if (state === undefined || !this.bucket) return;
    this.#restoredFormState = undefined;
    for (const file of this.control.restore(state, this.bucket)) this.#uploader.addStored(file);
    this.#refresh();
  }

  /** Once for each place that files can go to. */
  #restoreUploads(): void {
    const { bucket, objectKey, resumeScope, noResume } = this;
    // All functions that make keys are one here, as they are to what is remembered.
    const place = JSON.stringify([bucket, objectKey, resumeScope, noResume]);
    if (!bucket || place === this.#lastRestoreKey) return;
    this.#lastRestoreKey = place;
    void this.#restore();
  }

  async #restore(): Promise<void> {
    this.#configure();
    const uploads = await this.#uploader.restore();
    this.#refresh();
    if (uploads.length === 0) return;
    const localization = this.#localization;
    const sentences = uploads.map((upload) =>
      fillPlaceholders(localization.locale.announceFileStatus, {
        name: upload.fileName,
        status: statusText(upload, localization, Date.now()),
      }),
    );
    this.#announce(sentences.join(' '));
    emit(this, 'oss-resumable-found', { uploads });
  }

  async #discard(upload: Upload): Promise<void> {
    const discarded = this.#uploader.discard(upload);
    this.#refresh();
    await discarded;
  }

  #browse(awaitingFile?: Upload): void {
    if (this.isDisabled) return;
    this.#uploadAwaitingFile = awaitingFile;
    const { accept, noResume } = this;
    const isMany = takesMany(this) && !awaitingFile;
    this.#picker.open({ accept, multiple: isMany, directory: isMany && this.directory }, !noResume);
  }

  #openInput({ multiple, directory }: FileRequest): void {
    if (!this.input) return;
    // For one certain file it asks in another way than it is drawn.
    this.input.multiple = multiple;
    this.input.webkitdirectory = directory;
    this.input.click();
  }

  readonly #onInput = (): void => {
    const files = [...(this.input.files ?? [])];
    // The same file can be picked again afterwards.
    this.input.value = '';
    this.#onPick(files.map((file) => ({ file })));
  };

  #judgeDragged(types: readonly string[]): 'type' | 'count' | undefined {
    // The file of an earlier visit is welcome, whatever is asked of new ones.
    if (this.#uploader.resumable.length > 0) return undefined;
    if (!this.#intake.hasRoom) return 'count';
    return types.length === 0 || types.some((type) => mayBeAccepted(type, this.accept)) ? undefined : 'type';
  }

  async #onDrop({ files, folders, unreadable }: Dropped): Promise<void> {
    await this.#add(files);
    this.#intake.refuse(folders, 'folder');
    this.#intake.refuse(unreadable, 'unreadable');
  }

  #onPick(picked: readonly PickedFile[]): void {
    const awaitingFile = this.#uploadAwaitingFile;
    this.#uploadAwaitingFile = undefined;
    const [first] = picked;
    if (!first) return;
    this.#configure();
    if (awaitingFile?.state.status === 'resumable') this.#giveBack(awaitingFile, first);
    else if (awaitingFile?.state.status === 'failed') this.#giveAnew(awaitingFile, first);
    else void this.#add(picked);
  }

  /** The file of an upload of an earlier visit is there, or is it? */
  #giveBack(upload: Upload, { file, handle }: PickedFile): void {
    try {
      upload.attach(file, handle);
    } catch (error) {
      const isOther = error instanceof UploadError && error.code === 'checkpoint-mismatch';
      this.mismatch = { upload, file, reason: isOther ? 'other' : 'changed' };
      return;
    }
    this.mismatch = undefined;
    this.#uploader.resume([upload]);
  }

  /** The file that could not be read any more is there again, or another one in its place. */
  #giveAnew(upload: Upload, picked: PickedFile): void {
    try {
      upload.attach(picked.file, picked.handle);
    } catch {
      void this.#add([picked]);
      return;
    }
    this.#uploader.retry([upload]);
  }

  async #add(picked: readonly PickedFile[]): Promise<Upload[]> {
    if (this.isDisabled) return [];
    this.#configure();
    this.rejections = [];
    this.mismatch = undefined;
    const added = await this.#intake.add(picked);
    this.#sayAdded(added.filter(({ state }) => state.status === 'ready'));
    this.#refresh();
    if (this.autoStart) {
      this.#configure();
      this.#uploader.start(added);
      this.#uploader.resume(added);
      this.#uploader.retry(added);
    }
    return added;
  }

  #sayAdded(added: readonly Upload[]): void {
    const [first] = added;
    if (!first) return;
    const { locale, format } = this.#localization;
    const sentence =
      added.length > 1
        ? fillPlaceholders(locale.announceAdded, { count: format.count(added.length) })
        : fillPlaceholders(locale.announceReady, { name: first.fileName });
    this.#announce(
      [sentence, ...(this.persistenceUnavailable ? [locale.persistenceUnavailable] : [])].join(' '),
    );
  }

  #act(action: RowAction, upload: Upload): void {
    this.#configure();
    switch (action) {
      case 'upload':
        this.#uploader.start([upload]);
        break;
      case 'pause':
        this.#uploader.pause([upload]);
        break;
      case 'resume':
        this.mismatch = undefined;
        this.#uploader.resume([upload]);
        break;
      case 'retry':
      case 'try-now':
        this.#uploader.retry([upload]);
        break;
      case 'choose':
      case 'choose-again':
        this.#browse(upload);
        break;
      case 'cancel':
      case 'remove':
      case 'discard':
        if (upload.state.status !== 'succeeded' && upload.state.progress.loaded > CONFIRM_DISCARD_BYTES)
          this.confirming = upload;
        else this.#giveUp(upload);
        break;
      case 'confirm':
        this.#giveUp(upload);
        break;
      case 'keep':
        this.confirming = undefined;
        break;
      default:
        action satisfies never;
    }
    // What waits for its turn has no state of its own to tell of it.
    this.requestUpdate();
  }

  #actOnAll(action: BulkAction): void {
    switch (action) {
      case 'upload':
        this.start();
        break;
      case 'pause':
        this.pause();
        break;
      case 'resume':
        this.resume();
        break;
      case 'retry':
        this.retry();
        break;
      case 'cancel':
        if (summarize(this.#uploader).bytesAtStake > CONFIRM_DISCARD_BYTES) this.confirming = 'all';
        else void this.cancel();
        break;
      case 'confirm':
        this.confirming = undefined;
        void this.cancel();
        break;
      case 'keep':
        this.confirming = undefined;
        break;
      case 'clear':
        this.clear();
        break;
      default:
        action satisfies never;
    }
    this.requestUpdate();
  }

  #giveUp(upload: Upload): void {
    this.confirming = undefined;
    switch (upload.state.status) {
      case 'ready':
      case 'succeeded':
      case 'failed':
        this.#uploader.remove(upload);
        break;
      case 'resumable':
        void this.#discard(upload);
        break;
      default:
        void upload.cancel();
    }
    this.#refresh();
  }

  #onNotice(notice: UploaderEvent): void {
    const summary = summarize(this.#uploader);
    this.#announce(this.#announcer.announce(notice, summary, this.#localization));
    if (notice.type === 'state') {
      if (!this.#isStillAsked(summary)) this.confirming = undefined;
      this.#refresh();
      // Whoever hears of the end may submit the form at once. Each single turn of thousands would be too much to tell.
      const isEnd = isActive(notice.from) && !isBusy(summary);
      if (isEnd || !isLong(this.uploads)) this.updateControl();
    }
    this.#dispatcher.dispatch(notice);
  }

  /** The question is off once there is nothing to lose any more. */
  #isStillAsked(summary: UploadSummary): boolean {
    const { confirming } = this;
    if (confirming === 'all') return unfinished(summary) > summary.completing;
    return confirming?.state.status !== 'completing' && confirming?.state.status !== 'succeeded';
  }

  #announce(sentence: string | undefined): void {
    if (sentence !== undefined) this.spoken = sentence;
  }

  /** After the list, or the state of an upload in it, has changed. */
  #refresh(): void {
    this.requestUpdate('status', this.#reflectedStatus);
    this.#reflectedStatus = this.status;
    this.requestUpdate();
  }
}

function isResumable({ state }: Upload): boolean {
  return state.status === 'resumable';
}

/** One of another frame counts too, which is no instance of this page's `File`. */
function isFile(file: unknown): file is File {
  return Object.prototype.toString.call(file) === '[object File]';
}

function isInside({ clientX, clientY }: MouseEvent, { left, right, top, bottom }: DOMRect): boolean {
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

/** Of what would leave the shadow tree, which `change` and `cancel` of an input don't. */
function stopPropagation(event: Event): void {
  event.stopPropagation();
}

declare global {
  interface HTMLElementTagNameMap {
    'oss-resumable-upload': OssResumableUpload;
  }
}
