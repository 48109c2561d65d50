/** One file of the list: its name, its line, its bar and its buttons. State in, template out. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Upload, UploadState } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { fillPlaceholders } from '../core/index.js';
import { renderProgressBar } from './progress-bar.js';
import { doneIcon } from './icons.js';
import { renderFailure, renderRejection } from './error-view.js';
import { drawnHalves, isolate } from '../presentation/file-name.js';
import { progressTexts, statusText, unverifiedReason } from '../presentation/status-text.js';
import type { Localization } from '../presentation/localization.js';

export type RowAction =
  | 'upload'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'try-now'
  | 'cancel'
  | 'remove'
  | 'choose'
  | 'choose-again'
  | 'discard'
  | 'keep'
  | 'confirm';

/** A file that was chosen for an upload of an earlier visit, and is not the one that is wanted. */
export interface FileMismatch {
  upload: Upload;
  file: File;
  reason: 'other' | 'changed';
}

export interface FileRowProps {
  upload: Upload;
  localization: Localization;
  disabled: boolean;
  /** Whether it begins, or goes on, by itself as soon as there is room. */
  isQueued: boolean;
  /** Whether it is the only one, and speaks for itself. */
  isAlone: boolean;
  /** Whether the person is asked if what has arrived may be lost. */
  confirming: boolean;
  mismatch?: FileMismatch;
  /** Where it stands in a list of which not all is drawn; the first one has the index 0. */
  place?: { index: number; of: number };
  /** Milliseconds since 1970. */
  now: number;
  onAction: (action: RowAction, upload: Upload) => void;
}

interface ButtonLook {
  part: string;
  message: keyof Messages;
  /** Buttons of one place turn into each other, which keeps the focus on them. */
  place: string;
  strong?: boolean;
}

const looks: Readonly<Record<RowAction, ButtonLook>> = {
  upload: { part: 'upload-button', message: 'upload', place: 'main', strong: true },
  pause: { part: 'pause-button', message: 'pause', place: 'main' },
  resume: { part: 'resume-button', message: 'resume', place: 'main', strong: true },
  retry: { part: 'retry-button', message: 'retry', place: 'main', strong: true },
  'try-now': { part: 'retry-button', message: 'retryNow', place: 'try-now', strong: true },
  cancel: { part: 'cancel-button', message: 'cancel', place: 'end' },
  remove: { part: 'remove-button', message: 'remove', place: 'remove' },
  choose: { part: 'browse-button', message: 'chooseFile', place: 'main', strong: true },
  'choose-again': { part: 'browse-button', message: 'chooseFile', place: 'choose-again' },
  discard: { part: 'cancel-button', message: 'discard', place: 'end' },
  keep: { part: '', message: 'keepUploading', place: 'keep', strong: true },
  confirm: { part: 'cancel-button', message: 'discardUpload', place: 'confirm' },
};

export function renderFileRow(view: FileRowProps): TemplateResult {
  const { upload, confirming, mismatch, place } = view;
  const { state, fileName } = upload;
  const [head, tail] = drawnHalves(fileName);
  return html`
    <li
      part="item"
      class=${classMap({ item: true, [state.status]: true })}
      role="listitem"
      aria-posinset=${ifDefined(place && place.index + 1)}
      aria-setsize=${ifDefined(place?.of)}
      tabindex="-1"
    >
      <div class="row">
        <div class="name">
          <span part="file-name" class="file-name" id=${`name-${upload.id}`} title=${fileName} dir="auto"
            ><span class="unseen">${fileName}</span
            ><span class="halves" aria-hidden="true" data-head=${head} data-tail=${tail}></span
          ></span>
        </div>
        ${renderButtons(view)}
      </div>
      ${hasBar(state) ? renderProgress(view) : nothing}
      ${confirming ? renderQuestion(view) : state.status === 'failed' ? renderFailure(state.error, view.localization.locale, view.isAlone) : renderLine(view)}
      ${mismatch ? renderMismatch(mismatch, view.localization) : nothing}
    </li>
  `;
}

function actions({ upload: { state, canReopen }, isQueued }: FileRowProps): RowAction[] {
  if (isQueued) return ['pause', state.status === 'paused' ? 'cancel' : 'remove'];
  switch (state.status) {
    case 'ready':
      return ['upload', 'remove'];
    case 'preparing':
    case 'uploading':
      return ['pause', 'cancel'];
    case 'waiting':
      switch (state.reason) {
        case 'offline':
          return ['pause', 'cancel'];
        case 'retry':
          return ['try-now', 'pause', 'cancel'];
        case 'other-tab':
          return ['cancel'];
        default:
          return state.reason satisfies never;
      }
    case 'paused':
      return ['resume', 'cancel'];
    case 'completing':
    case 'cancelled':
      return [];
    case 'succeeded':
      return ['remove'];
    case 'failed':
      return state.error.code === 'file-unreadable'
        ? ['retry', 'choose-again', 'remove']
        : ['retry', 'remove'];
    case 'resumable':
      return [canReopen ? 'resume' : 'choose', 'discard'];
    default:
      return state satisfies never;
  }
}

function renderButtons(view: FileRowProps): TemplateResult | typeof nothing {
  const { upload, localization, disabled, isAlone, confirming, onAction } = view;
  const shown: RowAction[] = confirming ? ['keep', 'confirm'] : actions(view);
  if (shown.length === 0) return nothing;
  return html`<div class="buttons">
    ${repeat(
      shown,
      (action) => looks[action].place,
      (action) => {
        const { part, message, strong = false } = looks[action];
        return html`<button
          type="button"
          part=${`button ${part}`.trim()}
          class=${classMap({ strong: strong && (isAlone || confirming) })}
          aria-describedby=${confirming ? `question-${upload.id}` : `name-${upload.id}`}
          ?disabled=${disabled}
          @click=${() => onAction(action, upload)}
        >
          ${localization.locale[message]}
        </button>`;
      },
    )}
  </div>`;
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

function renderLine({ upload, localization, isQueued, now }: FileRowProps): TemplateResult {
  const { state } = upload;
  const turn = isQueued ? html`<span>${localization.locale.queued}</span>` : nothing;
  switch (state.status) {
    case 'uploading': {
      const { percent, transferred, rate, timeLeft } = progressTexts(state.progress, localization);
      return html`<div part="status" class="status">
        <span part="progress-text" class="progress-text">${percent}</span>
        <span part="file-size">${transferred}</span>
        ${rate ? html`<span class="rate">${rate}</span>` : nothing}
        ${timeLeft ? html`<span class="time-left">${timeLeft}</span>` : nothing}
      </div>`;
    }
    case 'ready':
      return html`<div part="status" class="status">
        <span part="file-size">${statusText(upload, localization, now)}</span> ${turn}
      </div>`;
    case 'succeeded':
      return html`<div part="status" class="status">
        ${doneIcon}<span title=${ifDefined(unverifiedReason(state, localization))}
          >${statusText(upload, localization, now)}</span
        >
      </div>`;
    default:
      return html`<div part="status" class="status">
        <span>${statusText(upload, localization, now)}</span> ${turn}
      </div>`;
  }
}

function renderQuestion({ upload, localization }: FileRowProps): TemplateResult {
  const size = localization.format.bytes(upload.state.progress.loaded);
  return html`<div part="status" class="status" id=${`question-${upload.id}`}>
    <span class="question">${fillPlaceholders(localization.locale.confirmDiscard, { size })}</span>
  </div>`;
}

function renderMismatch({ upload, file, reason }: FileMismatch, { locale }: Localization): TemplateResult {
  const sentence = reason === 'other' ? locale.fileNotOriginal : locale.fileChanged;
  return renderRejection(
    fillPlaceholders(sentence, { name: isolate(file.name), original: isolate(upload.fileName) }),
  );
}
