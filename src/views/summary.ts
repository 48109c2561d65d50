/** The summary above a list of several files: total progress, a filter, and the buttons for all files. */

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
  /** Whether the sizes of all files are known. The page may not name those of stored files. */
  areSizesKnown: boolean;
  localization: Localization;
  disabled: boolean;
  /** Whether the summary asks for confirmation before all stored parts are discarded. */
  confirming: boolean;
  /** Whether the list shows only failed files. */
  failedOnly: boolean;
  /** Shows only failed files, or all files again. */
  onFilter: () => void;
  onAction: (action: UploadAction) => void;
}

export function renderSummary(props: SummaryProps): TemplateResult {
  const { summary, localization, confirming } = props;
  return html`<div part="summary" class="summary">
    <div class="row">
      <div class="file">
        <div class="title">
          <div
            class="name"
            id="summary-name"
            translate="no"
            .textContent=${title(summary, localization)}
          ></div>
          ${summary.failed > 0 && !confirming ? renderFilter(props) : nothing}
        </div>
        ${renderStatusLine(confirming ? renderQuestion(props) : renderStatus(props), 'summary-question')}
        ${hasBar(summary) ? renderBar(props) : nothing}
      </div>
      ${renderButtons(props)}
    </div>
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

function renderFilter({ summary, localization, failedOnly, onFilter }: SummaryProps): TemplateResult {
  return html`<button
    type="button"
    part="button filter-button"
    class="filter"
    aria-pressed=${failedOnly}
    translate="no"
    .textContent=${failureText(summary, localization)}
    @click=${onFilter}
  ></button>`;
}

function renderButtons(props: SummaryProps): TemplateResult | typeof nothing {
  const { summary, localization, disabled, confirming, failedOnly, onAction } = props;
  return renderActions({
    actions: confirming ? ['keep', 'confirm'] : bulkActions(summary, failedOnly),
    localization,
    disabled,
    id: 'summary',
    describedBy: confirming ? 'summary-question' : undefined,
    bulk: true,
    emphasize: true,
    onAction,
  });
}

function renderQuestion({ summary, localization: { locale, format } }: SummaryProps): TemplateResult {
  const size = format.bytes(summary.bytesAtStake);
  return renderText(fillPlaceholders(locale.confirmDiscardAll, { size }), 'question');
}

function hasBar(summary: UploadSummary): boolean {
  return !isUntouched(summary) && unfinishedCount(summary) > 0;
}

function renderBar({ summary, localization }: SummaryProps): TemplateResult {
  return renderProgressBar({
    labelledBy: 'summary-name',
    progress: summary.progress,
    isSending: summary.active > summary.waiting,
    text: [countText(summary, localization), progressText(summary, localization)].join(', '),
  });
}

function progressText(summary: UploadSummary, localization: Localization): string {
  const { percent, transferred, rate, timeLeft } = progressTexts(summary.progress, localization);
  return [percent, transferred, rate, timeLeft, failureText(summary, localization)]
    .filter(Boolean)
    .join(', ');
}

function renderStatus({
  summary,
  areSizesKnown,
  localization,
}: SummaryProps): TemplateResult | typeof nothing {
  const { locale, format } = localization;
  const { active, waitingForNetwork, progress } = summary;
  if (active > 0 && waitingForNetwork === active) return renderText(locale.waitingForNetwork);
  // The title already contains the size.
  if (isUntouched(summary)) return nothing;
  if (unfinishedCount(summary) === 0) {
    if (!areSizesKnown) return nothing;
    return html`<span part="file-size" .textContent=${format.bytes(progress.total)}></span>`;
  }
  const { percent, transferred, rate, timeLeft } = progressTexts(progress, localization);
  return html`
    <span part="progress-text" class="progress-text" .textContent=${percent}></span>
    <span part="file-size" .textContent=${transferred}></span>
    ${rate ? renderText(rate, 'rate') : nothing} ${timeLeft ? renderText(timeLeft, 'time-left') : nothing}
  `;
}
