/** One file in the list: icon, name, status line, progress bar, percentage and buttons. */

import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  fillPlaceholders,
  isActive,
  isQueued,
  type Upload,
  type UploadState,
  withoutBidiControls,
} from '../core/index.js';
import { rowActions, type UploadAction } from '../presentation/actions.js';
import { fileKind } from '../presentation/file-kind.js';
import { displayHalves, isolate } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import { progressTexts, statusText, unverifiedReason } from '../presentation/status-text.js';
import type { FileMismatch } from '../restrictions.js';
import { renderActions } from './actions.js';
import { renderRejection, renderRowFailure } from './error-view.js';
import { doneIcon, fileIcons, warningIcon } from './icons.js';
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
  /** The wrong file that was selected for this upload. */
  mismatch: FileMismatch | undefined;
  /** Position in a list that is not rendered as a whole. The first index is 0. */
  position: { index: number; of: number } | undefined;
  /** Milliseconds since 1970. */
  now: number;
  onAction: (action: UploadAction, upload: Upload) => void;
}

export function renderFileRow(props: FileRowProps): TemplateResult {
  const { upload, mismatch, position } = props;
  const { state } = upload;
  return html`
    <li
      part="item"
      class=${`item ${state.status}`}
      role="listitem"
      aria-posinset=${ifDefined(position && position.index + 1)}
      aria-setsize=${ifDefined(position?.of)}
      tabindex="-1"
    >
      <div class="row">
        <span part="thumbnail" class="thumbnail" aria-hidden="true">${thumbnail(props)}</span>
        <div class="file">${renderName(upload)} ${renderState(props)}</div>
        ${isActive(state) ? renderPercent(props) : nothing} ${renderButtons(props)}
      </div>
      ${mismatch ? renderMismatch(mismatch, props.localization) : nothing}
    </li>
  `;
}

/** A failure is shown by another icon than the file, and success by a badge. */
function thumbnail({ upload, picture }: FileRowProps): HTMLElement | TemplateResult | SVGTemplateResult {
  const { state, file, fileName } = upload;
  if (state.status === 'failed') return warningIcon;
  const image = picture ?? fileIcons[fileKind({ name: fileName, type: file?.type ?? '' })];
  return state.status === 'succeeded' ? html`${image}<span class="badge">${doneIcon}</span>` : image;
}

function renderState(props: FileRowProps): TemplateResult {
  const { upload, confirming, localization, isAlone } = props;
  const { state } = upload;
  const bar = hasBar(state) ? renderProgress(props) : nothing;
  if (state.status === 'failed' && !confirming) {
    return renderRowFailure(state.error, localization.locale, isAlone, bar);
  }
  return html`${confirming ? renderQuestion(props) : renderStatus(props)} ${bar}`;
}

function renderName({ id, file, fileName: name }: Upload): TemplateResult {
  const fileName = withoutBidiControls(name);
  const [head, tail] = displayHalves(fileName);
  const folder = withoutBidiControls(file?.webkitRelativePath.slice(0, -file.name.length) ?? '');
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
  const { upload, localization, disabled, isAlone, confirming, onAction } = props;
  return renderActions({
    actions: confirming ? ['keep', 'confirm'] : rowActions(upload.state),
    localization,
    disabled,
    id: upload.id,
    ...(confirming ? { describedBy: `question-${upload.id}` } : { labelledBy: `name-${upload.id}` }),
    bulk: false,
    emphasize: isAlone || confirming,
    onAction: (action) => onAction(action, upload),
  });
}

function hasBar({ status, progress }: UploadState): boolean {
  switch (status) {
    case 'preparing':
    case 'uploading':
    case 'waiting':
    case 'paused':
    case 'completing':
    case 'resumable':
      return true;
    case 'failed':
      return progress.stored > 0;
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

function renderStatus({ upload, localization, now }: FileRowProps): TemplateResult {
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
    case 'succeeded':
      return renderStatusLine(
        html`<span
            title=${ifDefined(unverifiedReason(state, localization))}
            .textContent=${statusText(upload, localization, now)}
          ></span>
          <span part="file-size" .textContent=${localization.format.bytes(state.progress.total)}></span>`,
      );
    default:
      return renderStatusLine(html`${renderText(statusText(upload, localization, now))} ${queued}`);
  }
}

function renderQuestion({ upload, localization }: FileRowProps): TemplateResult {
  const size = localization.format.bytes(upload.state.progress.stored);
  const question = fillPlaceholders(localization.locale.confirmDiscard, { size });
  return renderStatusLine(renderText(question, 'question'), `question-${upload.id}`);
}

function renderMismatch({ upload, file, reason }: FileMismatch, { locale }: Localization): TemplateResult {
  const message = reason === 'other' ? locale.fileNotOriginal : locale.fileChanged;
  return renderRejection(
    fillPlaceholders(message, { name: isolate(file.name), original: isolate(upload.fileName) }),
  );
}
