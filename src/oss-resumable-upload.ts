/**
 * The element: methods, lifecycle, and the shell of its rendering, which is the drop zone. uploads-panel.ts contains everything
 * that a page doesn't need before the first file.
 */

import {
  html,
  nothing,
  supportsAdoptingStyleSheets,
  type CSSResultOrNative,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property, state } from 'lit/decorators.js';
import { mayBeAccepted } from './accept.js';
import { hasSavedCheckpoints } from './adapters/browser/saved-checkpoints.js';
import { CustomStates } from './controllers/custom-states.js';
import { addStyles, applyStyles, hasDocument, matchesMedia } from './controllers/document.js';
import { DropController } from './controllers/drop.js';
import { FilePicker } from './controllers/file-picker.js';
import { IntentController } from './controllers/intent.js';
import { LocalizeController } from './controllers/localize.js';
import { OnlineController } from './controllers/online.js';
import { SettlingController } from './controllers/settling.js';
import { parseByteSize } from './core/byte-size.js';
import { isFile, isUnset, toText } from './core/guards.js';
import type { Checkpoint, OwnerChange, Progress, Upload, Uploader } from './core/index.js';
import type { ForgetOptions, UploaderOptions } from './create-uploader.js';
import type { FormElement } from './form-element.js';
import { styles } from './oss-resumable-upload.styles.js';
import { loadedPanel, loadPanel, onPanelLoaded, type PanelModule } from './panel-loader.js';
import type { ShellLocalization } from './presentation/localization.js';
import type { ElementStatus } from './presentation/overall-status.js';
import type { DragState } from './restrictions.js';
import { SettingsElement } from './settings-element.js';
import { storedKeys } from './stored-keys.js';
import type { UploadsPanel } from './uploads-panel.js';
import { renderDropZone, type Kind } from './views/drop-zone.js';
import { renderLoadFailure } from './views/load-failure.js';

/** The settings that tell users apart. */
const ownerSettings = [
  'resumeScope',
  'credentialsUrl',
  'withCredentials',
  'credentialsInit',
  'getCredentials',
] as const;

/** Values of the settings that tell users apart. */
type OwnerSettings = Pick<SettingsElement, (typeof ownerSettings)[number]>;

const noUploads: readonly Upload[] = [];

/** A running call that adds files. */
interface Adding {
  /** Whether the page has started the files meanwhile, or has paused them. */
  isStarted?: boolean | undefined;
}

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
 * @csspart primary-button - The highlighted button, for the most likely next step.
 * @csspart browse-button - Opens the file picker, for new files or for the file of a resumable upload.
 * @csspart upload-button - Starts an upload, or all of them.
 * @csspart pause-button - Pauses an upload, or all of them.
 * @csspart resume-button - Resumes a paused upload, or all of them.
 * @csspart cancel-button - Cancels an upload or all of them, discards a resumable upload, or confirms discarding.
 * @csspart retry-button - Retries a failed upload or all of them, or ends a wait.
 * @csspart remove-button - Removes a file from the list, or all completed files.
 * @csspart undo-button - Brings back cancelled uploads or a removed file. Shown for 8 seconds.
 * @csspart replace-button - Opens the file picker for a file that replaces the stored one.
 * @csspart copy-button - Copies the object key of a stored file.
 * @csspart link - Link to a stored object, with `show-link`.
 * @csspart filter-button - Shows the number of failed files, and filters the list for them.
 * @csspart expand-button - Shows or hides the uploaded files, which a long list collapses into one line.
 * @csspart dismiss-button - Dismisses the message about rejected files.
 * @csspart summary - The overall progress above a list of several files, and the buttons for all of them.
 * @csspart list - The list of files. Long lists scroll.
 * @csspart item - One file in the list.
 * @csspart thumbnail - The tile before a file name: a thumbnail of an image or a video, or a file-type icon.
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
 * @fires {CustomEvent<FileRemoveDetail>} oss-file-remove - Fired when a file is removed from the list or replaced. If the user can undo the removal, the event follows once Undo is no longer offered. Not fired when an unfinished upload is cancelled.
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
   * Resolves when everything is erased. Rejects if the browser doesn't allow access to its storage or doesn't
   * respond, or if its code can't be loaded.
   *
   * @example
   * await OssResumableUpload.forget({ scope: user.id });
   */
  static async forget(options?: ForgetOptions): Promise<void> {
    const { forget } = await loadPanel();
    return forget(options);
  }

  @state() private dragState?: DragState | undefined;
  /** Whether uploads-panel.ts could not be loaded although something waits for it. */
  @state() private hasLoadFailed = false;

  readonly #localize = new LocalizeController(this);
  readonly #online = new OnlineController(this);
  readonly #settling = new SettlingController(this);
  readonly #states = new CustomStates(this.internals);
  readonly #picker: FilePicker<Upload>;
  /** The list of uploads. Created when it is loaded. */
  #panel: UploadsPanel | undefined;
  #unlisten: (() => void) | undefined;
  /** What waits for the panel to be created. */
  readonly #waiting = new Set<(panel: UploadsPanel) => void>();
  /** Running calls that add files. What waits for the panel is dropped if it is no longer in here. */
  readonly #adding = new Set<Adding>();
  /** Without a panel: the keys of `stored`, and the user that it was set for. */
  #storedKeys: readonly string[] = [];
  #storedOwner: OwnerSettings | undefined;
  /** Without a panel: what the page has removed by emptying the value. */
  #emptied: { stored: unknown; owner: OwnerSettings } | undefined;
  /** The bucket for which saved uploads were looked for. */
  #searchedBucket = '';
  /** Restored form state, until the bucket is known. */
  #restoredFormState: unknown;
  /** The value of `stored` that was last applied to the list. */
  #appliedStored: unknown;
  /** Whether `stored` was set since the last rendering. */
  #isStoredNew = false;
  #status: ElementStatus = 'idle';
  #reflectedStatus: string | null | undefined;
  /** Whether a server has rendered the element, as it is without a panel. */
  readonly #isHydrated = Boolean(this.shadowRoot);

  constructor() {
    super();
    // A value that the page set before the element was defined would hide the accessor.
    Reflect.deleteProperty(this, 'value');
    this.internals.role = 'group';
    this.#picker = new FilePicker(
      () => this.shadowRoot?.querySelector('input[type=file]'),
      (selected, upload) => {
        if (this.isDisabled) return;
        void this.#addLater((panel, shouldStart) => panel.uploads.addSelected(selected, upload, shouldStart));
      },
    );
    new IntentController(this, () => void this.#load().catch(() => {}));
    new DropController(this, {
      mode: () => (this.noDrop ? 'ignore' : this.isDisabled ? 'refuse' : 'accept'),
      // A drag over the page loads the panel.
      checkTypes: (types) => this.#panel?.uploads.checkDragged(types),
      accepts: (file) => this.#accepts(file),
      onDragChange: (state) => {
        this.dragState = state;
        if (state === 'accepted') this.#panel?.uploads.prepare();
      },
      onFiles: (files, isPaste) =>
        void this.#addLater((panel, shouldStart) => panel.addTransferred(files, isPaste, shouldStart)),
      onEmptyDrop: () => {
        if (this.#panel) this.#panel.uploads.rejectEmptyDrop();
        else void this.#whenLoaded().then(({ uploads }) => uploads.rejectEmptyDrop());
      },
    });
    const panel = loadedPanel();
    if (panel && !this.#isHydrated) this.#panel = this.#createPanel(panel);
  }

  /** Creates the engine. Override it to use other adapters, such as your own checkpoint store. */
  protected createUploader(options: () => UploaderOptions): Uploader {
    const panel = loadedPanel();
    if (!panel) throw new Error('The element calls createUploader() when its engine is loaded.');
    return panel.createUploader(options);
  }

  /**
   * Status of the element as a whole. Also set as `:state(…)`, and reflected once the page has loaded.
   *
   * @readonly
   */
  @property({ reflect: true })
  get status(): ElementStatus {
    return this.#panel?.status ?? 'idle';
  }

  /** All uploads, one for each file, in the order in which they were added. */
  get uploads(): readonly Upload[] {
    return this.#panel?.uploads.uploads ?? noUploads;
  }

  /** Total progress of all files: bytes, a ratio from 0 to 1, bytes per second and seconds. */
  get progress(): Progress {
    return this.#panel?.uploads.progress ?? { loaded: 0, stored: 0, total: 0, ratio: 0 };
  }

  /**
   * Object key of the first stored file, as the form submits it. Empty if there is none. Like the value of
   * `<input type="file">`, it can only be set to an empty string. This cancels unfinished uploads and removes all files
   * except resumable uploads. Objects are not deleted.
   *
   * @throws DOMException `InvalidStateError` if it is set to something else
   */
  get value(): string {
    this.#applyStored();
    return this.#keys[0] ?? '';
  }

  set value(value: string) {
    if (value !== '' && (value as unknown) !== null) {
      throw new DOMException('The value can only be set to an empty string.', 'InvalidStateError');
    }
    this.#applyStored();
    this.#dropWaiting();
    this.setValue(() => {
      if (this.#panel) this.#panel.uploads.empty();
      else this.#emptied = { stored: this.stored, owner: this.#owner };
    });
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
   * @returns the uploads of the files that were added or are in the list already
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
    if (this.isDisabled) return [];
    const added = this.#addLater((panel, shouldStart) => panel.uploads.addFiles(picked, shouldStart));
    return (await added) ?? [];
  }

  /** Returns the unfinished uploads of earlier visits, which wait for their files. */
  async listResumable(): Promise<Upload[]> {
    const { uploads } = await this.#load();
    await uploads.restore();
    return uploads.resumable;
  }

  /**
   * Cancels an upload of an earlier visit without confirmation. Resolves when OSS has removed its parts, if the RAM policy
   * allows it.
   *
   * @param id of an upload that `listResumable()` returned
   */
  async discardResumable(id: string): Promise<void> {
    const uploads = this.#panel?.uploads;
    const upload = uploads?.resumable.find((resumable) => resumable.id === id);
    if (upload) await uploads?.cancel(upload);
  }

  /** Starts all uploads that have not started, also those of files that are still being added. */
  start(): void {
    this.#run('upload', true);
  }

  /**
   * Pauses all active and queued uploads. Aborts in-flight requests; completed parts are kept. Files that are still being added
   * don't start automatically.
   */
  pause(): void {
    this.#run('pause', false);
  }

  /** Resumes all paused uploads and ends waits. Resume resumable uploads one by one with `upload.resume()`. */
  resume(): void {
    this.#run('resume');
  }

  /**
   * Cancels all unfinished uploads without confirmation, except resumable ones. Resolves when OSS has removed their parts,
   * if the RAM policy allows it.
   */
  async cancel(): Promise<void> {
    this.#dropWaiting();
    await this.#panel?.uploads.cancel('all');
  }

  /** Retries all failed uploads and ends waits. Completed parts are kept. */
  retry(): void {
    this.#panel?.uploads.run('retry', 'all');
  }

  /** Removes succeeded and cancelled uploads from the list, without Undo. */
  clear(): void {
    this.#panel?.uploads.run('clear', 'all');
  }

  /**
   * Adds an upload from a checkpoint that ali-oss or an earlier visit made, and resumes it.
   *
   * @param checkpoint in the shape of ali-oss
   * @param file the file, if the checkpoint doesn't hold it
   * @returns the upload, or `undefined` if the list is full, or if the page cancels all uploads or names another user before the
   *   engine is loaded. Rejects if the engine can't be loaded.
   * @throws UploadError `checkpoint-mismatch` if the checkpoint is damaged or belongs to another file
   */
  async resumeFrom(checkpoint: Checkpoint, file?: File): Promise<Upload | undefined> {
    return this.#addLater(
      (panel) => panel.uploads.resumeFrom(checkpoint, file),
      () => this.#load(),
    );
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
    this.#panel?.uploads.forgetCredentials();
  }

  protected override createRenderRoot(): ShadowRoot {
    const { shadowRootOptions } = this.constructor as typeof OssResumableUpload;
    // What a server has rendered, Lit's own method hydrates.
    const rendered = this.shadowRoot && (super.createRenderRoot() as ShadowRoot);
    const root = rendered ?? this.attachShadow(shadowRootOptions);
    applyStyles(root, this.#styles);
    if (rendered) return rendered;
    this.renderOptions.renderBefore ??= root.firstChild;
    return root;
  }

  /** Called when the element is moved to another document, which drops its constructed style sheets. */
  protected adoptedCallback(): void {
    if (this.shadowRoot && supportsAdoptingStyleSheets) applyStyles(this.shadowRoot, this.#styles);
  }

  /** The styles of the class. Those of the panel follow those of the shell, so that a subclass can override both. */
  get #styles(): CSSResultOrNative[] {
    const { elementStyles } = this.constructor as typeof OssResumableUpload;
    const panelStyles = this.#panel && loadedPanel()?.panelStyles;
    return panelStyles ? elementStyles.flatMap((s) => (s === styles ? [s, panelStyles] : s)) : elementStyles;
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
    const panel = loadedPanel();
    if (!panel) this.#unlisten = onPanelLoaded((loaded) => this.#showPanel(loaded));
    else if (this.hasUpdated || !this.#isHydrated) this.#showPanel(panel).uploads.connect();
    // Restarts what stopped when the element was disconnected, such as a countdown.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlisten?.();
  }

  /** Shows the files of `stored` alone. Stored parts of unfinished files are kept, so that they can be resumed. */
  protected formResetCallback(): void {
    this.#applyStored();
    this.#dropWaiting();
    this.#emptied = undefined;
    this.setValue(() => void this.#panel?.uploads.reset());
  }

  /** Shows and submits the stored files of a restored form again. */
  protected formStateRestoreCallback(state: unknown, reason: 'autocomplete' | 'restore'): void {
    // A list that shows the default value has no state.
    if (reason !== 'restore' || typeof state !== 'string') return;
    this.#restoredFormState = state;
    void this.#whenLoaded().then(() => this.#restoreFormState());
    this.#restoreFormState();
    // Until the keys are restored, the form can't be submitted.
    this.updateControl();
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
    if (ownerSettings.some((name) => name === property))
      queueMicrotask(() => this.#panel?.uploads.updateOwner());
    if (property !== 'stored' || !this.hasUpdated) return;
    this.#isStoredNew = true;
    this.#applyStored();
  }

  /** Shows the files of `stored` if it has changed. */
  #applyStored(): void {
    if (this.stored === this.#appliedStored) return;
    this.#appliedStored = this.stored;
    const panel = this.#panel;
    // If the user has changed, the files of the other one go first.
    panel?.uploads.updateOwner();
    this.setValue(() => {
      this.#storedKeys = panel ? [] : storedKeys(this.stored);
      panel?.setDefault(this.stored);
    });
    if (this.#storedKeys.length > 0) void this.#whenLoaded();
  }

  protected override willUpdate(): void {
    const panel = this.#panel;
    // The page may have named another user after it has set `stored` for them.
    if (this.#isStoredNew) panel?.uploads.updateOwner();
    if (this.#isStoredNew || !this.hasUpdated) this.#storedOwner = this.#owner;
    this.#isStoredNew = false;
    this.#applyStored();
    this.#restoreFormState();
    if (panel) panel.willUpdate();
    else this.#loadIfUseful();
    this.internals.ariaLabel = this.control.labelText || this.#localization.locale.uploader;
    const { status } = this;
    if (!this.#settling.mayHydrate || status !== (this.#reflectedStatus ?? 'idle')) {
      this.requestUpdate('status', this.#reflectedStatus);
      this.#reflectedStatus = status;
    }
    this.#states.toggle(this.#status, false);
    this.#states.toggle(status, true);
    this.#status = status;
    this.#states.toggle('dragging', this.dragState !== undefined);
    this.#states.toggle('offline', this.#online.isOffline || panel?.isOffline === true);
  }

  /** Loads the panel if it has something to show: an unfinished upload of an earlier visit, or an error in the settings. */
  #loadIfUseful(): void {
    const { bucket, region, credentialsUrl, getCredentials } = this;
    const isIncomplete = isUnset(bucket) || isUnset(region) || !(credentialsUrl || getCredentials);
    // An engine of the page's own may find unfinished uploads elsewhere.
    const hasOwnEngine = this.createUploader !== OssResumableUpload.prototype.createUploader;
    if (hasOwnEngine || (isIncomplete && this.#settling.isSettled)) void this.#load().catch(() => {});
    const name = toText(bucket).trim();
    if (!name || name === this.#searchedBucket || this.noResume) return;
    this.#searchedBucket = name;
    hasSavedCheckpoints(name).then(
      (isFound) => void (isFound && this.#whenLoaded()),
      () => {},
    );
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
    if (!this.hasUpdated || !this.#panel?.isLong) return super.scheduleUpdate();
    return this.#panel.nextFrame().then(() => super.scheduleUpdate());
  }

  protected override firstUpdated(): void {
    const panel = loadedPanel();
    if (panel && this.isConnected) this.#showPanel(panel);
    // Browsers ignore `autofocus` on elements whose controls are in a shadow tree.
    const { activeElement, body } = this.ownerDocument;
    if (this.autofocus && activeElement === body) this.focus();
  }

  protected override render(): TemplateResult {
    const panel = this.#panel;
    const isMany = this.#isMany;
    const dropZone = (panel?.hasDropZone ?? true) && this.#renderDropZone(panel?.isListing ?? false);
    return html`
      <div
        part="base"
        class=${this.#baseClasses(panel?.isEmpty ?? true, isMany)}
        lang=${this.#localization.tag}
        @keydown=${(event: KeyboardEvent) => this.#panel?.onKeyDown(event)}
        @pointerover=${(event: PointerEvent) => this.#panel?.onPointerOver(event)}
      >
        ${(isMany && dropZone) || nothing} ${panel?.renderSummary() ?? nothing}
        ${panel?.renderList() ?? nothing} ${(!isMany && dropZone) || nothing}
        ${panel ? panel.renderAlerts() : this.#renderLoadFailure()}
        ${this.dragState && panel ? panel.renderDropOverlay(this.dragState, this.#kind) : nothing}
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
        .textContent=${panel?.uploads.announcement ?? ''}
      ></div>
    `;
  }

  #baseClasses(isEmpty: boolean, isMany: boolean): string {
    const { dragState } = this;
    const classes = [
      'base',
      isEmpty && 'empty',
      isMany && 'many',
      dragState && (dragState === 'accepted' ? 'dragging' : 'refused'),
    ];
    return classes.filter(Boolean).join(' ');
  }

  get #isMany(): boolean {
    return this.multiple || this.directory;
  }

  /** Bytes. An invalid value limits nothing. */
  get #maxSize(): number {
    return parseByteSize(this.maxSize ?? '') || Infinity;
  }

  /** Whether a file would be added. */
  #accepts(file: File): boolean {
    if (this.#panel) return this.#panel.uploads.accepts(file);
    return mayBeAccepted(file, this.accept) && file.size <= this.#maxSize;
  }

  #renderDropZone(isAnother: boolean): TemplateResult {
    return renderDropZone({
      kind: this.#kind,
      isAnother,
      isCompact: this.compact || isAnother,
      noDrop: this.noDrop,
      disabled: this.isDisabled,
      accept: this.accept,
      maxSize: this.#maxSize,
      isTouchOnly: matchesMedia(this, '(hover: none) and (pointer: coarse)'),
      localization: this.#localization,
      onBrowse: () => this.browse(),
    });
  }

  get #kind(): Kind {
    if (this.directory) return 'folder';
    return this.multiple ? 'files' : 'file';
  }

  #renderLoadFailure(): TemplateResult | typeof nothing {
    if (!this.hasLoadFailed) return nothing;
    return renderLoadFailure(this.#localization.locale, () => void this.#whenLoaded());
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
    if (removed > 0 && !isScopeNew) this.#panel?.warnOfOwnerChange();
    this.#restoredFormState = undefined;
    // It was set together with the user, perhaps before.
    if (this.#isStoredNew) this.#appliedStored = undefined;
    this.#applyStored();
    this.updateControl();
  }

  protected override get controlState(): FormElement['controlState'] {
    const panel = this.#panel;
    const { locale } = this.#localization;
    // What was selected or restored belongs to the value.
    const isWaiting = this.#adding.size > 0 || (!panel && this.#restoredFormState !== undefined);
    const state = (this.#restoredFormState as string | undefined) ?? null;
    return {
      keys: this.#keys,
      stateKey: panel?.formStateKey ?? String(state),
      formState: () => (panel ? panel.formState : state),
      unfinished: isWaiting ? locale.formUploading : (panel?.unfinished ?? ''),
      messages: locale,
      anchor: this.#firstControl,
    };
  }

  /** Object keys of the stored files. */
  get #keys(): readonly string[] {
    if (this.#panel) return this.#panel.keys;
    const isOwn = (owner: OwnerSettings) => toText(owner.resumeScope) === toText(this.resumeScope);
    const isOthers = this.#storedOwner && !isOwn(this.#storedOwner);
    return isOthers || (this.#emptied && isOwn(this.#emptied.owner)) ? [] : this.#storedKeys;
  }

  get #owner(): OwnerSettings {
    return Object.fromEntries(ownerSettings.map((name) => [name, this[name]])) as unknown as OwnerSettings;
  }

  get #localization(): ShellLocalization {
    return this.#localize.localization(this.strings);
  }

  /** Listeners may submit the form immediately, so it is updated at the end. For long lists, each change is too often. */
  #onStateChange(isEnd: boolean): void {
    if (isEnd || !this.#panel?.isLong) this.updateControl();
  }

  /** Files of another bucket or user are not restored, so this waits until the page has set both. */
  #restoreFormState(): void {
    const state = this.#restoredFormState;
    const panel = this.#panel;
    if (state === undefined || !panel || !this.bucket || !panel.isOwn(state)) return;
    this.#restoredFormState = undefined;
    this.setValue(() => panel.restoreFormState(state));
  }

  /** Loads the panel. Rejects if it can't be loaded. */
  async #load(): Promise<UploadsPanel> {
    return this.#panel ?? this.#showPanel(await loadPanel());
  }

  /** Resolves when the panel is loaded. If it can't be, this is shown, and the user can retry. */
  #whenLoaded(): Promise<UploadsPanel> {
    // A server renders the element without a panel.
    if (hasDocument) this.#load().catch(() => (this.hasLoadFailed = true));
    return new Promise((resolve) => {
      if (this.#panel) resolve(this.#panel);
      else this.#waiting.add(resolve);
    });
  }

  #createPanel({ UploadsPanel }: PanelModule): UploadsPanel {
    return new UploadsPanel(this, {
      localization: () => this.#localization,
      isDisabled: () => this.isDisabled,
      isSettled: () => this.#settling.isSettled,
      createUploader: (options) => this.createUploader(options),
      onOwnerChange: (change) => this.#onOwnerChange(change),
      browseFor: (upload) => this.#browse(upload),
      onStateChange: (isEnd) => this.#onStateChange(isEnd),
    });
  }

  /** Creates the panel unless it exists, and gives it what the shell has kept. */
  #showPanel(module: PanelModule): UploadsPanel {
    if (this.#panel) return this.#panel;
    const panel = this.#createPanel(module);
    this.#panel = panel;
    if (this.isConnected) panel.uploads.connect();
    // It doesn't notice that the texts are complete now.
    else this.#localize.refresh();
    if (this.shadowRoot) addStyles(this.shadowRoot, this.#styles, module.panelStyles);
    const emptied = this.#emptied;
    if (emptied && panel.isOwnedAs(emptied.owner)) {
      this.setValue(() => {
        panel.setDefault(emptied.stored);
        panel.uploads.empty();
      });
    }
    // Files that the page has set for another user stay dropped.
    if (this.#isStoredNew || !this.#storedOwner || panel.isOwnedAs(this.#storedOwner)) {
      this.#appliedStored = undefined;
      this.#applyStored();
    }
    this.#restoreFormState();
    for (const resolve of this.#waiting) resolve(panel);
    this.#waiting.clear();
    this.requestUpdate();
    return panel;
  }

  /**
   * Runs a command for all uploads.
   *
   * @param isStarted what it means for files that are still being added. By default, they are no longer paused
   */
  #run(action: 'upload' | 'pause' | 'resume', isStarted?: boolean): void {
    for (const adding of this.#adding) adding.isStarted = isStarted ?? (adding.isStarted || undefined);
    this.#panel?.uploads.run(action, 'all');
  }

  /** Adds files, which wait until the panel is loaded. Meanwhile, the form can't be submitted. */
  async #addLater<T>(
    add: (panel: UploadsPanel, shouldStart: () => boolean) => T | Promise<T>,
    load = () => this.#whenLoaded(),
  ): Promise<T | undefined> {
    const adding: Adding = {};
    this.#adding.add(adding);
    this.updateControl();
    try {
      const owner = this.#owner;
      const panel = this.#panel ?? (await load());
      // They belong to the user that the settings named.
      if (!panel.isOwnedAs(owner) || !this.#adding.has(adding)) return undefined;
      return await add(panel, () => adding.isStarted ?? (this.autoStart && !this.isDisabled));
    } finally {
      this.#adding.delete(adding);
      this.updateControl();
    }
  }

  /** Drops files that wait for the panel. */
  #dropWaiting(): void {
    this.#adding.clear();
    if (!this.#panel) this.#restoredFormState = undefined;
    this.updateControl();
  }

  #browse(upload?: Upload): void {
    if (this.isDisabled) return;
    const isMany = this.#isMany && !upload;
    const request = { accept: this.accept, multiple: isMany, directory: isMany && this.directory };
    this.#picker.open(request, { withHandles: !this.noResume, purpose: upload });
    // Meanwhile, the element gets ready for the upload.
    this.#load()
      .then(({ uploads }) => uploads.prepare())
      .catch(() => {});
  }

  protected override activate(): void {
    if (this.#panel?.uploads.hasRoom ?? true) this.browse();
    else this.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oss-resumable-upload': OssResumableUpload;
  }
}
