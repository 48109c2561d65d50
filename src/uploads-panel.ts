/**
 * The uploads of an element: their list, summary and alerts, and the engine. panel-loader.ts loads this module when it is
 * needed. It may not import the element.
 */

import { nothing, type LitElement, type TemplateResult } from 'lit';
import { completeTypes } from './accept.js';
import { pageOf, type ElementConfig } from './config.js';
import { BeforeUnloadController } from './controllers/before-unload.js';
import { ConfigWarningsController } from './controllers/config-warnings.js';
import { CountdownController } from './controllers/countdown.js';
import type { TransferredFile } from './controllers/data-transfer.js';
import { FocusController } from './controllers/focus.js';
import {
  fromFormState,
  isStored,
  scopeOfState,
  toFormState,
  validationMessage,
} from './controllers/form-state.js';
import { ListOrderController } from './controllers/list-order.js';
import { namePasted } from './controllers/pasted-names.js';
import { PageLifecycleController } from './controllers/page-lifecycle.js';
import { ThumbnailsController } from './controllers/thumbnails.js';
import { readFiles } from './controllers/transferred-files.js';
import { UploadsController, type UploadsControllerOptions } from './controllers/uploads.js';
import { VirtualListController } from './controllers/virtual-list.js';
import { WakeLockController } from './controllers/wake-lock.js';
import { hashScope } from './core/checkpoints/fingerprint.js';
import { toText } from './core/guards.js';
import { isSingle, type Upload } from './core/index.js';
import { isSameOwner, ownerOf, type Owner } from './core/owner.js';
import { createUploader, forget } from './create-uploader.js';
import english from './i18n/locales/en.js';
import { completeEnglish } from './i18n/registry.js';
import { isolate } from './presentation/file-name.js';
import { completeLocalization } from './presentation/complete-localization.js';
import type { Localization, ShellLocalization } from './presentation/localization.js';
import { isLong } from './presentation/list-order.js';
import { overallStatus, type ElementStatus } from './presentation/overall-status.js';
import type { DragState } from './restrictions.js';
import { isReplaceable } from './room.js';
import { nextFrame } from './scheduling.js';
import { extensionsOf } from './known-types.js';
import { parseStoredFiles } from './stored-files.js';
import { renderAlerts } from './views/alerts.js';
import { renderDropOverlay } from './views/drop-overlay.js';
import type { Kind } from './views/drop-zone.js';
import { renderFileList } from './views/file-list.js';
import { renderSummary } from './views/summary.js';

export { createUploader, forget };
export { panelStyles } from './uploads-panel.styles.js';

export interface PanelHost extends LitElement, ElementConfig {
  readonly name?: string | undefined;
  readonly uploads: readonly Upload[];
}

export interface PanelOptions extends Omit<
  UploadsControllerOptions,
  'config' | 'onConfigError' | 'isInUse' | 'localization'
> {
  localization: () => ShellLocalization;
  /** Whether the page has set up the element. */
  isSettled: () => boolean;
}

export class UploadsPanel {
  readonly uploads: UploadsController;
  readonly #host: PanelHost;
  readonly #options: PanelOptions;
  readonly #virtualList: VirtualListController;
  readonly #listOrder: ListOrderController;
  readonly #thumbnails: ThumbnailsController;
  readonly #configWarnings: ConfigWarningsController;
  /** Whether the uploaded files of a long list are shown. */
  #isExpanded = false;
  /** Whether the last pointer event came from a touch screen. */
  #isTouched = false;
  #renderedLocalization: Localization | undefined;

  constructor(host: PanelHost, options: PanelOptions) {
    completeEnglish(english);
    completeTypes(extensionsOf);
    this.#host = host;
    this.#options = options;
    this.#virtualList = new VirtualListController(host);
    this.#listOrder = new ListOrderController(host);
    this.#thumbnails = new ThumbnailsController(host);
    this.#configWarnings = new ConfigWarningsController(host, options.isSettled);
    const uploads = new UploadsController(host, {
      ...options,
      config: host,
      localization: () => this.#localization,
      onConfigError: (error) => this.#configWarnings.log(error),
      isInUse: (upload) => this.#isInUse(upload),
    });
    this.uploads = uploads;
    new FocusController(host, '.item, .summary', [
      '.item:not(.resumable) button:not(:disabled)',
      '.item:not(.resumable)',
      '.dropzone button',
      '.summary button:not(:disabled)',
    ]);
    new BeforeUnloadController(host, () => host.warnOnLeave && uploads.summary.active > 0);
    new WakeLockController(host, () => {
      const { active, waiting } = uploads.summary;
      return host.keepAwake && active > waiting;
    });
    new PageLifecycleController(host, () => uploads.suspend());
    new CountdownController(host, () =>
      uploads.uploads.some(({ state }) => state.status === 'waiting' && state.reason === 'retry'),
    );
  }

  get status(): ElementStatus {
    return overallStatus(this.uploads.uploads);
  }

  /** Whether the network is missing that an upload waits for. */
  get isOffline(): boolean {
    return this.uploads.summary.waitingForNetwork > 0;
  }

  get isEmpty(): boolean {
    return this.uploads.rows.length === 0;
  }

  /** Whether the list has files, apart from cancelled ones. */
  get isListing(): boolean {
    return this.#listed.length > 0;
  }

  /** Whether files can be added. */
  get hasDropZone(): boolean {
    const { hasRoom, restrictions } = this.uploads;
    return (
      hasRoom && (restrictions.multiple || this.#listed.every(({ state }) => state.status === 'resumable'))
    );
  }

  /** Whether the list is rendered at most once a frame. */
  get isLong(): boolean {
    return isLong(this.uploads.uploads);
  }

  nextFrame(): Promise<void> {
    return nextFrame();
  }

  get #listed(): readonly Upload[] {
    return this.uploads.uploads.filter(({ state }) => state.status !== 'cancelled');
  }

  /** Adds dropped or pasted files. */
  async addTransferred(
    transferred: readonly TransferredFile[],
    isPaste: boolean,
    shouldStart: () => boolean,
  ): Promise<void> {
    const { directory: accepted, includeHidden } = this.#host;
    const reading = readFiles(transferred, { accepted, includeHidden }).then((selected) =>
      isPaste ? { ...selected, files: selected.files.map(namePasted) } : selected,
    );
    await this.uploads.addSelected(reading, undefined, shouldStart);
  }

  /** Whether the settings name the same user as earlier ones. What is set for the first time is no change. */
  isOwnedAs(earlier: Owner['options']): boolean {
    const page = pageOf(this.#host);
    return isSameOwner(ownerOf(earlier, page), ownerOf(this.#host, page));
  }

  /** Shows the setting `stored`. */
  setDefault(stored: unknown): void {
    this.uploads.setDefault(parseStoredFiles(stored, this.#host.baseURI));
  }

  /** Object keys that the form submits. */
  get keys(): string[] {
    return this.uploads.submitted.filter(isStored).map(({ key }) => key);
  }

  /** Why the form can't be submitted. Empty if it can. */
  get unfinished(): string {
    return validationMessage(this.uploads.submitted, this.#localization.locale);
  }

  /** Differs whenever {@link formState} does for the same keys. */
  get formStateKey(): string {
    return JSON.stringify([this.#scope, this.#bucket, this.uploads.isChanged]);
  }

  /** What the browser keeps of the stored files. `null`: it restores the default of the page. */
  get formState(): string | null {
    const { isChanged, submitted } = this.uploads;
    return isChanged ? toFormState(submitted, this.#bucket, this.#scope) : null;
  }

  /** Whether restored form state belongs to the user that the settings name. */
  isOwn(formState: unknown): boolean {
    return scopeOfState(formState) === this.#scope;
  }

  restoreFormState(formState: unknown): void {
    this.uploads.restoreStored(fromFormState(formState, this.#bucket));
  }

  get #bucket(): string {
    return toText(this.#host.bucket).trim();
  }

  /** The user in form state, which the browser keeps. */
  get #scope(): string {
    return hashScope(toText(this.#host.resumeScope));
  }

  warnOfOwnerChange(): void {
    this.#configWarnings.warnOfOwnerChange();
  }

  /** Called before each rendering. */
  willUpdate(): void {
    this.uploads.restoreOnce();
    const localization = this.#localization;
    if (this.#renderedLocalization === localization) return;
    this.#renderedLocalization = localization;
    this.uploads.localizeErrors();
  }

  /** Escape answers an open question with the safe choice, and closes nothing else, such as a dialog around the element. */
  onKeyDown(event: KeyboardEvent): void {
    const { confirming } = this.uploads;
    if (event.key !== 'Escape' || !confirming) return;
    event.preventDefault();
    event.stopPropagation();
    this.uploads.run('keep', confirming);
  }

  onPointerOver({ pointerType }: PointerEvent): void {
    this.#isTouched = pointerType === 'touch';
  }

  /** Name of the file that a drop would replace, or whose upload prevents it. */
  #currentName(dragging: DragState): string | undefined {
    if (this.uploads.restrictions.multiple) return undefined;
    const isCurrent = (upload: Upload) =>
      dragging === 'accepted' ? isReplaceable(upload) : upload.state.status !== 'resumable';
    const current = this.#listed.find(isCurrent);
    return current && isolate(current.fileName);
  }

  /** @param kind what can be added */
  renderDropOverlay(dragging: DragState, kind: Kind): TemplateResult {
    return renderDropOverlay({
      kind,
      dragging,
      current: this.#currentName(dragging),
      localization: this.#localization,
    });
  }

  renderSummary(): TemplateResult | typeof nothing {
    const { summary, confirming, failedOnly } = this.uploads;
    if (isSingle(summary)) return nothing;
    return renderSummary({
      summary,
      areSizesKnown: this.#listed.every(({ fileSize }) => fileSize !== undefined),
      localization: this.#localization,
      disabled: this.#options.isDisabled(),
      confirming: confirming === 'all',
      failedOnly,
      onFilter: () => this.uploads.toggleFilter(),
      onAction: (action) => this.uploads.run(action, 'all'),
    });
  }

  renderList(): TemplateResult | typeof nothing {
    const { rows, summary, confirming, mismatch, failedOnly, undoable, copied, restrictions } = this.uploads;
    if (rows.length === 0) return nothing;
    return renderFileList({
      order: this.#listOrder.arrange(rows, failedOnly, undoable),
      isExpanded: this.#isExpanded,
      confirming,
      mismatch,
      undoable,
      copied,
      showLink: this.#host.showLink,
      isOnly: !restrictions.multiple,
      localization: this.#localization,
      disabled: this.#options.isDisabled(),
      isAlone: isSingle(summary),
      pictureOf: (upload) => this.#thumbnails.pictureOf(upload),
      renderVisible: (rows, renderRows) => this.#virtualList.render(rows, renderRows),
      onToggle: () => {
        this.#isExpanded = !this.#isExpanded;
        this.#host.requestUpdate();
      },
      onLeave: this.#listOrder.onLeave,
      onAction: (action, upload) => this.uploads.run(action, upload),
    });
  }

  renderAlerts(): TemplateResult | typeof nothing {
    const { uploads, rejections, restrictions, wouldLoseProgress } = this.uploads;
    const localization = this.#localization;
    // An error that has failed an upload is shown in its row.
    const shown = new Set(
      uploads.map(({ state }) => (state.status === 'failed' ? state.error.code : undefined)),
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
        this.#host.focus();
        this.uploads.dismiss();
      },
    });
  }

  /** Whether the user points at the row of this upload, or has moved the focus to it with the keyboard. */
  #isInUse({ id }: Upload): boolean {
    const item = this.#host.shadowRoot?.getElementById(`name-${id}`)?.closest('.item');
    if (!item) return false;
    // The row that was tapped last counts as hovered.
    return (!this.#isTouched && item.matches(':hover')) || item.querySelector(':focus-visible') !== null;
  }

  get #localization(): Localization {
    return completeLocalization(this.#options.localization());
  }
}
