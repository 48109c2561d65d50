/** Many files as one: how far all of them are, and the buttons for all. State in, template out. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fill, type Messages } from '../localize.js';
import { renderBar } from './bar.js';
import { isBusy, unfinished, type Crowd } from './crowd.js';
import { progressLine } from './status-line.js';
import type { Voice } from './voice.js';

export type CrowdAction = 'upload' | 'pause' | 'resume' | 'retry' | 'cancel' | 'clear' | 'keep' | 'confirm';

export interface SummaryView {
  crowd: Crowd;
  voice: Voice;
  disabled: boolean;
  /** Whether the person is asked if what has arrived may be lost. */
  asking: boolean;
  onAction: (action: CrowdAction) => void;
}

interface ButtonLook {
  part: string;
  message: keyof Messages;
  strong?: boolean;
}

const looks: Readonly<Record<CrowdAction, ButtonLook>> = {
  pause: { part: 'pause-button', message: 'pauseAll' },
  resume: { part: 'resume-button', message: 'resumeAll', strong: true },
  upload: { part: 'upload-button', message: 'uploadAll', strong: true },
  retry: { part: 'retry-button', message: 'retryAll', strong: true },
  cancel: { part: 'cancel-button', message: 'cancelAll' },
  clear: { part: 'remove-button', message: 'clearFinished' },
  keep: { part: '', message: 'keep', strong: true },
  confirm: { part: 'cancel-button', message: 'discard' },
};

export function renderSummary(view: SummaryView): TemplateResult {
  const { crowd, voice, asking } = view;
  const { format } = voice;
  return html`<div part="summary" class="summary">
    <div class="row">
      <div class="name" id="summary-name">${countLine(crowd, voice)}</div>
      ${renderButtons(view)}
    </div>
    ${
      crowd.progress.loaded > 0 && unfinished(crowd) > 0
        ? renderBar({
            labelledBy: 'summary-name',
            ratio: crowd.progress.ratio,
            text: [countLine(crowd, voice), progressText(crowd, voice)].join(', '),
          })
        : nothing
    }
    <div part="status" class="status" id="summary-question">
      ${
        asking
          ? html`<span class="question"
              >${fill(voice.locale.askDiscard, { size: format.bytes(crowd.bytesAtStake) })}</span
            >`
          : renderLine(crowd, voice)
      }
    </div>
  </div>`;
}

/** `12 of 40 uploaded` */
export function countLine({ succeeded, count }: Crowd, { locale, format }: Voice): string {
  return fill(locale.uploadedOf, { done: format.count(succeeded), count: format.count(count) });
}

/** `3 failed`; nothing where none has */
export function failureLine({ failed }: Crowd, { locale, format }: Voice): string {
  return failed > 0 ? fill(locale.failedCount, { count: format.count(failed) }) : '';
}

function actions(crowd: Crowd): CrowdAction[] {
  const { ready, paused, failed, succeeded } = crowd;
  const shown: CrowdAction[] = [];
  if (isBusy(crowd)) shown.push('pause');
  if (paused > 0) shown.push('resume');
  if (ready > 0) shown.push('upload');
  if (failed > 0 && !isBusy(crowd)) shown.push('retry');
  if (unfinished(crowd) > 0) shown.push('cancel');
  else if (succeeded > 0) shown.push('clear');
  return shown;
}

function renderButtons({ crowd, voice, disabled, asking, onAction }: SummaryView): TemplateResult {
  const shown: CrowdAction[] = asking ? ['keep', 'confirm'] : actions(crowd);
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
          aria-describedby=${asking ? 'summary-question' : nothing}
          ?disabled=${disabled}
          @click=${() => onAction(action)}
        >
          ${voice.locale[message]}
        </button>`;
      },
    )}
  </div>`;
}

function progressText(crowd: Crowd, voice: Voice): string {
  const { percent, transferred, rate, timeLeft } = progressLine(crowd.progress, voice);
  return [percent, transferred, rate, timeLeft, failureLine(crowd, voice)].filter(Boolean).join(', ');
}

function renderLine(crowd: Crowd, voice: Voice): TemplateResult {
  const { locale, format } = voice;
  const { active, waitingForNetwork, progress } = crowd;
  const failures = failureLine(crowd, voice);
  const failed = failures ? html`<span class="message">${failures}</span>` : nothing;
  if (active > 0 && waitingForNetwork === active) {
    return html`<span>${locale.waitingForNetwork}</span>${failed}`;
  }
  if (progress.loaded === 0 || unfinished(crowd) === 0) {
    return html`<span part="file-size">${format.bytes(progress.total)}</span>${failed}`;
  }
  const { percent, transferred, rate, timeLeft } = progressLine(progress, voice);
  return html`
    <span part="progress-text" class="progress-text">${percent}</span>
    <span part="file-size">${transferred}</span>
    ${rate ? html`<span class="rate">${rate}</span>` : nothing}
    ${timeLeft ? html`<span class="time-left">${timeLeft}</span>` : nothing} ${failed}
  `;
}
