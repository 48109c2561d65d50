/** The summary above a list of several files: total progress and the buttons for all files. */

import { html, nothing, type TemplateResult } from 'lit';
import { fillPlaceholders, unfinishedCount, type UploadSummary } from '../core/index.js';
import { bulkActions, type UploadAction } from '../presentation/actions.js';
import type { Localization } from '../presentation/localization.js';
import { countText, failureText, progressTexts } from '../presentation/status-text.js';
import { renderActions } from './actions.js';
import { renderProgressBar } from './progress-bar.js';
import { renderStatusLine, renderText } from './text.js';

export interface SummaryProps {
  summary: UploadSummary;
  localization: Localization;
  disabled: boolean;
  /** Whether the summary asks for confirmation before all stored parts are discarded. */
  confirming: boolean;
  onAction: (action: UploadAction) => void;
}

export function renderSummary(props: SummaryProps): TemplateResult {
  const { summary, localization, confirming } = props;
  const { format } = localization;
  return html`<div part="summary" class="summary">
    <div class="row">
      <div class="name" id="summary-name" translate="no" .textContent=${title(summary, localization)}></div>
      ${renderButtons(props)}
    </div>
    ${renderStatusLine(
      confirming
        ? renderText(
            fillPlaceholders(localization.locale.confirmDiscardAll, {
              size: format.bytes(summary.bytesAtStake),
            }),
            'question',
          )
        : renderStatus(summary, localization),
      'summary-question',
    )}
    ${
      summary.progress.loaded > 0 && unfinishedCount(summary) > 0
        ? renderProgressBar({
            labelledBy: 'summary-name',
            progress: summary.progress,
            isSending: summary.active > summary.waiting,
            text: [countText(summary, localization), progressText(summary, localization)].join(', '),
          })
        : nothing
    }
  </div>`;
}

/** Returns `6 files, 55 MB` before the first start, and `12 of 40 uploaded` afterwards. */
function title(summary: UploadSummary, localization: Localization): string {
  const { locale, format } = localization;
  const { count, progress } = summary;
  return isUntouched(summary)
    ? fillPlaceholders(locale.filesReady, { count: format.count(count), size: format.bytes(progress.total) })
    : countText(summary, localization);
}

/** Whether no upload has been started. */
function isUntouched({ ready, count }: UploadSummary): boolean {
  return ready === count;
}

function renderButtons(props: SummaryProps): TemplateResult | typeof nothing {
  const { summary, localization, disabled, confirming, onAction } = props;
  return renderActions({
    actions: confirming ? ['keep', 'confirm'] : bulkActions(summary),
    localization,
    disabled,
    id: 'summary',
    describedBy: confirming ? 'summary-question' : undefined,
    bulk: true,
    emphasize: true,
    onAction,
  });
}

function progressText(summary: UploadSummary, localization: Localization): string {
  const { percent, transferred, rate, timeLeft } = progressTexts(summary.progress, localization);
  return [percent, transferred, rate, timeLeft, failureText(summary, localization)]
    .filter(Boolean)
    .join(', ');
}

function renderStatus(summary: UploadSummary, localization: Localization): TemplateResult | typeof nothing {
  const { locale, format } = localization;
  const { active, waitingForNetwork, progress } = summary;
  const failures = failureText(summary, localization);
  const failed = failures ? renderText(failures, 'message') : nothing;
  if (active > 0 && waitingForNetwork === active) {
    return html`${renderText(locale.waitingForNetwork)}${failed}`;
  }
  // The title already contains the size.
  if (isUntouched(summary)) return nothing;
  if (progress.loaded === 0 || unfinishedCount(summary) === 0) {
    return html`<span part="file-size" .textContent=${format.bytes(progress.total)}></span>${failed}`;
  }
  const { percent, transferred, rate, timeLeft } = progressTexts(progress, localization);
  return html`
    <span part="progress-text" class="progress-text" .textContent=${percent}></span>
    <span part="file-size" .textContent=${transferred}></span>
    ${rate ? renderText(rate, 'rate') : nothing} ${timeLeft ? renderText(timeLeft, 'time-left') : nothing}
    ${failed}
  `;
}
