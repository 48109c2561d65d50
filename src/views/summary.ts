/** Many files as one: how far all of them are, and the buttons for all. State in, template out. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Messages } from '../i18n/types.js';
import { fillPlaceholders } from '../core/index.js';
import { renderProgressBar } from './progress-bar.js';
import { isBusy, unfinished, type UploadSummary } from '../presentation/upload-summary.js';
import { progressTexts } from '../presentation/status-text.js';
import type { Localization } from '../presentation/localization.js';

export type BulkAction = 'upload' | 'pause' | 'resume' | 'retry' | 'cancel' | 'clear' | 'keep' | 'confirm';

export interface SummaryProps {
  summary: UploadSummary;
  localization: Localization;
  disabled: boolean;
  /** Whether the person is asked if what has arrived may be lost. */
  confirming: boolean;
  onAction: (action: BulkAction) => void;
}

interface ButtonLook {
  part: string;
  message: keyof Messages;
  strong?: boolean;
}

const looks: Readonly<Record<BulkAction, ButtonLook>> = {
  pause: { part: 'pause-button', message: 'pauseAll' },
  resume: { part: 'resume-button', message: 'resumeAll', strong: true },
  upload: { part: 'upload-button', message: 'uploadAll', strong: true },
  retry: { part: 'retry-button', message: 'retryAll', strong: true },
  cancel: { part: 'cancel-button', message: 'cancelAll' },
  clear: { part: 'remove-button', message: 'clearCompleted' },
  keep: { part: '', message: 'keepUploading', strong: true },
  confirm: { part: 'cancel-button', message: 'discardUploads' },
};

export function renderSummary(view: SummaryProps): TemplateResult {
  const { summary, localization, confirming } = view;
  const { format } = localization;
  return html`<div part="summary" class="summary">
    <div class="row">
      <div class="name" id="summary-name">${title(summary, localization)}</div>
      ${renderButtons(view)}
    </div>
    ${
      summary.progress.loaded > 0 && unfinished(summary) > 0
        ? renderProgressBar({
            labelledBy: 'summary-name',
            ratio: summary.progress.ratio,
            text: [countLine(summary, localization), progressText(summary, localization)].join(', '),
          })
        : nothing
    }
    <div part="status" class="status" id="summary-question">
      ${
        confirming
          ? html`<span class="question"
              >${fillPlaceholders(localization.locale.confirmDiscardAll, { size: format.bytes(summary.bytesAtStake) })}</span
            >`
          : renderLine(summary, localization)
      }
    </div>
  </div>`;
}

/** `6 files, 55 MB` before anything has started, `12 of 40 uploaded` from then on. */
function title(summary: UploadSummary, localization: Localization): string {
  const { locale, format } = localization;
  const { count, progress } = summary;
  return isUntouched(summary)
    ? fillPlaceholders(locale.filesReady, { count: format.count(count), size: format.bytes(progress.total) })
    : countLine(summary, localization);
}

/** Whether no upload has been started. */
function isUntouched({ ready, count }: UploadSummary): boolean {
  return ready === count;
}

/** `12 of 40 uploaded` */
export function countLine({ succeeded, count }: UploadSummary, { locale, format }: Localization): string {
  return fillPlaceholders(locale.uploadedCount, {
    done: format.count(succeeded),
    count: format.count(count),
  });
}

/** `3 failed`; nothing where none has */
export function failureLine({ failed }: UploadSummary, { locale, format }: Localization): string {
  return failed > 0 ? fillPlaceholders(locale.failedCount, { count: format.count(failed) }) : '';
}

function actions(summary: UploadSummary): BulkAction[] {
  const { ready, paused, failed, succeeded } = summary;
  const shown: BulkAction[] = [];
  if (isBusy(summary)) shown.push('pause');
  if (paused > 0) shown.push('resume');
  if (ready > 0) shown.push('upload');
  if (failed > 0 && !isBusy(summary)) shown.push('retry');
  if (unfinished(summary) > 0) shown.push('cancel');
  else if (succeeded > 0) shown.push('clear');
  return shown;
}

function renderButtons({
  summary,
  localization,
  disabled,
  confirming,
  onAction,
}: SummaryProps): TemplateResult {
  const shown: BulkAction[] = confirming ? ['keep', 'confirm'] : actions(summary);
  return html`<div class="buttons">
    ${repeat(
      shown,
      // The first one turns into another, which keeps the focus on it.
      (action, index) => (index === 0 && action !== 'keep' ? 'main' : action),
      (action, index) => {
        const { part, message, strong = false } = looks[action];
        return html`<button
          type="button"
          part=${`button ${part}`.trim()}
          class=${strong && index === 0 ? 'strong' : ''}
          aria-describedby=${confirming ? 'summary-question' : nothing}
          ?disabled=${disabled}
          @click=${() => onAction(action)}
        >
          ${localization.locale[message]}
        </button>`;
      },
    )}
  </div>`;
}

function progressText(summary: UploadSummary, localization: Localization): string {
  const { percent, transferred, rate, timeLeft } = progressTexts(summary.progress, localization);
  return [percent, transferred, rate, timeLeft, failureLine(summary, localization)]
    .filter(Boolean)
    .join(', ');
}

function renderLine(summary: UploadSummary, localization: Localization): TemplateResult | typeof nothing {
  const { locale, format } = localization;
  const { active, waitingForNetwork, progress } = summary;
  const failures = failureLine(summary, localization);
  const failed = failures ? html`<span class="message">${failures}</span>` : nothing;
  if (active > 0 && waitingForNetwork === active) {
    return html`<span>${locale.waitingForNetwork}</span>${failed}`;
  }
  // The title has the size already.
  if (isUntouched(summary)) return nothing;
  if (progress.loaded === 0 || unfinished(summary) === 0) {
    return html`<span part="file-size">${format.bytes(progress.total)}</span>${failed}`;
  }
  const { percent, transferred, rate, timeLeft } = progressTexts(progress, localization);
  return html`
    <span part="progress-text" class="progress-text">${percent}</span>
    <span part="file-size">${transferred}</span>
    ${rate ? html`<span class="rate">${rate}</span>` : nothing}
    ${timeLeft ? html`<span class="time-left">${timeLeft}</span>` : nothing} ${failed}
  `;
}
