/** One file in the list: icon, name, status line, progress bar, percentage and buttons. */

import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  fillPlaceholders,
  isActive,
  isQueued,
  type Undoable,
  type Upload,
  type UploadState,
  withoutBidiControls,
} from '../core/index.js';
import { rowActions, type UploadAction } from '../presentation/actions.js';
import { fileKind } from '../presentation/file-kind.js';
import { displayHalves, isolate } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import { progressTexts, statusText, undoText, unverifiedReason } from '../presentation/status-text.js';
import type { FileMismatch } from '../restrictions.js';
import { renderActions } from './actions.js';
import { renderRejection, renderRowFailure } from './error-view.js';
import { doneIcon, fileIcons, openIcon, warningIcon } from './icons.js';
import { renderProgressBar } from './progress-bar.js';
import { renderStatusLine, renderText } from './text.js';

export interface FileRowProps {
  upload: Upload;
  /** Shown instead of the icon of the file type. */
  picture: HTMLCanvasElement | undefined;
  localization: Localization;
  disabled: boolean;
  /** Whether this is the only upload, so that its primary button is highlighted and its failure is announced. */
  isAlone: boolean;
  /** Whether the row asks for confirmation before stored parts are discarded. */
  confirming: boolean;
  /** Whether the list may contain only one file. */
  isOnly: boolean;
  /** Whether a stored object is linked. */
  showLink: boolean;
  /** What Undo brings back, if the upload was cancelled or removed. */
  undoable: Undoable | undefined;
  /** Whether its key was copied a moment ago. `undefined` if the user has not tried that. */
  isCopied: boolean | undefined;
  /** The wrong file that was selected for this upload. */
  mismatch: FileMismatch | undefined;
  /** Position in a list that is not rendered as a whole. The first index is 0. */
  position: { index: number; of: number } | undefined;
  /** Milliseconds since 1970. */
  now: number;
  onAction: (action: UploadAction, upload: Upload) => void;
}

export function renderFileRow(props: FileRowProps): TemplateResult {
  const { upload, mismatch, position, undoable } = props;
  const { state } = upload;
  return html`
    <li
      part="item"
      id=${`row-${upload.id}`}
      class=${`item ${undoable ? 'undoable' : state.status}`}
      role="listitem"
      aria-posinset=${ifDefined(position && position.index + 1)}
      aria-setsize=${ifDefined(position?.of)}
      tabindex="-1"
    >
      <div class="row">
        <span part="thumbnail" class="thumbnail" aria-hidden="true"
          >${thumbnail(props)}<span class="badge">${doneIcon}</span></span
        >
        <div class="file">
          ${undoable && undoable.uploads.length > 1 ? renderTitle(undoable, props) : renderName(upload)}
          ${undoable ? renderUndoStatus(undoable, props) : renderState(props)}
        </div>
        ${isActive(state) && !undoable ? renderPercent(props) : nothing} ${renderButtons(props)}
      </div>
      ${mismatch && !props.confirming ? renderMismatch(mismatch, props) : nothing}
    </li>
  `;
}

/** A failed upload has a warning icon. */
function thumbnail({ upload, picture }: FileRowProps): HTMLElement | SVGTemplateResult {
  const { state, fileName, fileType } = upload;
  if (state.status === 'failed') return warningIcon;
  return picture ?? fileIcons[fileKind({ name: fileName, type: fileType })];
}

/** Several uploads that were cancelled together share a row without a file name. */
function renderTitle({ uploads }: Undoable, { upload, localization }: FileRowProps): TemplateResult {
  const { locale, format } = localization;
  const title = fillPlaceholders(locale.uploadsCancelled, { count: format.count(uploads.length) });
  return html`<div class="name" id=${`name-${upload.id}`} translate="no" .textContent=${title}></div>`;
}

function renderUndoStatus({ uploads }: Undoable, { upload, localization }: FileRowProps): TemplateResult {
  return renderStatusLine(uploads.length > 1 ? nothing : renderText(undoText(upload, localization)));
}

function renderState(props: FileRowProps): TemplateResult {
  const { upload, confirming, localization, isAlone } = props;
  const { state } = upload;
  if (state.status === 'failed' && !confirming) {
    return renderRowFailure(state.error, localization.locale, isAlone);
  }
  return html`${confirming ? renderQuestion(props) : renderStatus(props)}
  ${hasBar(state) ? renderProgress(props) : nothing}`;
}

/** jsdom's files have no `webkitRelativePath`. */
function folderOf(file?: Pick<File, 'name'> & { readonly webkitRelativePath?: string }): string {
  return file?.webkitRelativePath?.slice(0, -file.name.length) ?? '';
}

function renderName({ id, file, fileName: name }: Upload): TemplateResult {
  const fileName = withoutBidiControls(name);
  const [head, tail] = displayHalves(fileName);
  const folder = withoutBidiControls(folderOf(file));
  return html`<div class="name">
    ${folder ? html`<span class="folder" title=${folder} dir="auto" translate="no" .textContent=${folder}></span>` : nothing}<span
      part="file-name"
      class="file-name"
      id=${`name-${id}`}
      title=${fileName}
      dir="auto"
      translate="no"
      ><span class="unseen" .textContent=${fileName}></span
      ><span class="halves" aria-hidden="true" data-head=${head} data-tail=${tail}></span
    ></span>
  </div>`;
}

function renderPercent({ upload, localization }: FileRowProps): TemplateResult {
  const { percent } = progressTexts(upload.state.progress, localization);
  return html`<span
    part="progress-text"
    class="progress-text"
    translate="no"
    .textContent=${percent}
  ></span>`;
}

function renderButtons(props: FileRowProps): TemplateResult | typeof nothing {
  const { upload, localization, disabled, isAlone, isOnly, confirming, undoable, onAction } = props;
  const actions = undoable ? (['undo'] as const) : rowActions(upload.state, isOnly);
  return renderActions({
    actions: confirming ? ['keep', 'confirm'] : actions,
    localization,
    disabled,
    names: { choose: upload.fileName },
    id: upload.id,
    labelledBy: `name-${upload.id}`,
    describedBy: confirming ? `question-${upload.id}` : undefined,
    bulk: false,
    emphasize: isAlone || confirming,
    link: renderLink(props),
    onAction: (action) => onAction(action, upload),
  });
}

function renderLink({ upload, localization, showLink, undoable }: FileRowProps): TemplateResult | undefined {
  const { id, state } = upload;
  if (!showLink || undoable || state.status !== 'succeeded') return undefined;
  const { url } = state.result;
  // A stored file may come from the page, with any address.
  if (!url || !/^https?:\/\//i.test(url)) return undefined;
  const text = localization.locale.openFile;
  return html`<a
    part="link"
    class="icon-button"
    href=${url}
    target="_blank"
    rel="noopener"
    title=${text}
    aria-labelledby=${`open-${id} name-${id}`}
    >${openIcon}<span class="button-label" id=${`open-${id}`} .textContent=${text}></span
  ></a>`;
}

function hasBar({ status }: UploadState): boolean {
  switch (status) {
    case 'preparing':
    case 'uploading':
    case 'waiting':
    case 'paused':
    case 'completing':
    case 'resumable':
      return true;
    case 'failed':
    case 'ready':
    case 'succeeded':
    case 'cancelled':
      return false;
    default:
      return status satisfies never;
  }
}

function renderProgress({ upload, localization, now }: FileRowProps): TemplateResult {
  return renderProgressBar({
    labelledBy: `name-${upload.id}`,
    progress: upload.state.progress,
    isSending: upload.state.status === 'uploading',
    text: statusText(upload, localization, now),
  });
}

function renderStatus({ upload, localization, now, isCopied }: FileRowProps): TemplateResult {
  const { state } = upload;
  const queued = isQueued(state) ? renderText(localization.locale.queued) : nothing;
  switch (state.status) {
    case 'uploading': {
      const { transferred, rate, timeLeft } = progressTexts(state.progress, localization);
      return renderStatusLine(html`
        <span part="file-size" .textContent=${transferred}></span>
        ${rate ? renderText(rate, 'rate') : nothing} ${timeLeft ? renderText(timeLeft, 'time-left') : nothing}
      `);
    }
    case 'ready':
      return renderStatusLine(
        html`<span part="file-size" .textContent=${statusText(upload, localization, now)}></span> ${queued}`,
      );
    case 'succeeded': {
      // A key that couldn't be copied can be selected.
      if (isCopied !== undefined) {
        return renderStatusLine(
          html`${isCopied ? renderText(localization.locale.copied) : nothing}<code
              .textContent=${upload.key}
            ></code>`,
        );
      }
      const elapsed = localization.format.elapsed(state.duration ?? 0);
      return renderStatusLine(
        html`<span
            title=${ifDefined(unverifiedReason(state, localization))}
            .textContent=${statusText(upload, localization, now)}
          ></span>
          ${
            upload.fileSize === undefined
              ? nothing
              : html`<span
                  part="file-size"
                  .textContent=${localization.format.bytes(upload.fileSize)}
                ></span>`
          }
          ${elapsed ? renderText(elapsed, 'elapsed') : nothing}`,
      );
    }
    default:
      return renderStatusLine(html`${renderText(statusText(upload, localization, now))} ${queued}`);
  }
}

function renderQuestion({ upload, localization }: FileRowProps): TemplateResult {
  const size = localization.format.bytes(upload.state.progress.stored);
  const question = fillPlaceholders(localization.locale.confirmDiscard, { size });
  return renderStatusLine(renderText(question, 'question'), `question-${upload.id}`);
}

function renderMismatch(
  { upload, file, reason, isAccepted }: FileMismatch,
  { localization, disabled, onAction }: FileRowProps,
): TemplateResult {
  const { locale } = localization;
  const message = reason === 'other' ? locale.fileNotOriginal : locale.fileChanged;
  const names = { name: isolate(file.name), original: isolate(upload.fileName) };
  return html`<div class="mismatch">
    ${renderRejection(fillPlaceholders(message, names))}
    ${renderActions({
      actions: isAccepted ? ['upload-instead'] : [],
      localization,
      disabled,
      names: { 'upload-instead': file.name },
      id: upload.id,
      bulk: false,
      emphasize: false,
      onAction: (action) => onAction(action, upload),
    })}
  </div>`;
}
