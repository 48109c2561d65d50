/** One file in the list: name, buttons, progress bar and status line. */

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  fillPlaceholders,
  isQueued,
  type Upload,
  type UploadState,
  withoutBidiControls,
} from '../core/index.js';
import { rowActions, type UploadAction } from '../presentation/actions.js';
import { displayHalves, isolate } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import { progressTexts, statusText, unverifiedReason } from '../presentation/status-text.js';
import type { FileMismatch } from '../restrictions.js';
import { renderActions } from './actions.js';
import { renderFailure, renderRejection } from './error-view.js';
import { doneIcon } from './icons.js';
import { renderProgressBar } from './progress-bar.js';
import { renderStatusLine, renderText } from './text.js';

export interface FileRowProps {
  upload: Upload;
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
  const { upload, confirming, mismatch, position } = props;
  const { state } = upload;
  const fileName = withoutBidiControls(upload.fileName);
  const [head, tail] = displayHalves(fileName);
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
        <div class="name">
          <span
            part="file-name"
            class="file-name"
            id=${`name-${upload.id}`}
            title=${fileName}
            dir="auto"
            translate="no"
            ><span class="unseen" .textContent=${fileName}></span
            ><span class="halves" aria-hidden="true" data-head=${head} data-tail=${tail}></span
          ></span>
        </div>
        ${renderButtons(props)}
      </div>
      ${hasBar(state) ? renderProgress(props) : nothing}
      ${confirming ? renderQuestion(props) : state.status === 'failed' ? renderFailure(state.error, props.localization.locale, props.isAlone) : renderStatus(props)}
      ${mismatch ? renderMismatch(mismatch, props.localization) : nothing}
    </li>
  `;
}

function renderButtons(props: FileRowProps): TemplateResult | typeof nothing {
  const { upload, localization, disabled, isAlone, confirming, onAction } = props;
  return renderActions({
    actions: confirming ? ['keep', 'confirm'] : rowActions(upload.state),
    localization,
    disabled,
    describedBy: confirming ? `question-${upload.id}` : `name-${upload.id}`,
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
      return progress.loaded > 0;
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
    ratio: upload.state.progress.ratio,
    text: statusText(upload, localization, now),
  });
}

function renderStatus({ upload, localization, now }: FileRowProps): TemplateResult {
  const { state } = upload;
  const queued = isQueued(state) ? renderText(localization.locale.queued) : nothing;
  switch (state.status) {
    case 'uploading': {
      const { percent, transferred, rate, timeLeft } = progressTexts(state.progress, localization);
      return renderStatusLine(html`
        <span part="progress-text" class="progress-text" .textContent=${percent}></span>
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
        html`${doneIcon}<span
            title=${ifDefined(unverifiedReason(state, localization))}
            .textContent=${statusText(upload, localization, now)}
          ></span>`,
      );
    default:
      return renderStatusLine(html`${renderText(statusText(upload, localization, now))} ${queued}`);
  }
}

function renderQuestion({ upload, localization }: FileRowProps): TemplateResult {
  const size = localization.format.bytes(upload.state.progress.loaded);
  const question = fillPlaceholders(localization.locale.confirmDiscard, { size });
  return renderStatusLine(renderText(question, 'question'), `question-${upload.id}`);
}

function renderMismatch({ upload, file, reason }: FileMismatch, { locale }: Localization): TemplateResult {
  const message = reason === 'other' ? locale.fileNotOriginal : locale.fileChanged;
  return renderRejection(
    fillPlaceholders(message, { name: isolate(file.name), original: isolate(upload.fileName) }),
  );
}
