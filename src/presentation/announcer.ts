/** Chooses what is said aloud: the start, a few steps, every turn, the end. Never twice the same. */

import { isActive, type Progress, type Upload, type UploaderEvent, type UploadState } from '../core/index.js';
import { fillPlaceholders } from '../core/index.js';
import { isBusy, isSingle, waitsForNetwork, type UploadSummary } from './upload-summary.js';
import { isolate } from './file-name.js';
import { statusText } from './status-text.js';
import { countLine, failureLine } from '../views/summary.js';
import type { Localization } from './localization.js';

/** Steps worth a word, in percent. */
const STEPS = [75, 50, 25];

export class Announcer {
  /** The last step that was told of an upload, in percent. */
  readonly #steps = new WeakMap<Upload, number>();
  /** The same of many uploads. */
  #crowdStep = 0;
  #isCrowdBusy = false;
  #isCrowdOffline = false;

  /**
   * @param summary all uploads, the one that the notice is of among them
   * @returns what to say now, if anything; the failure of a single one is left to the alert that is shown with it
   */
  announce(notice: UploaderEvent, summary: UploadSummary, localization: Localization): string | undefined {
    const isFound = notice.type === 'state' && notice.to.status === 'resumable';
    if (!isSingle(summary) && !isFound) return this.#announceSummary(notice, summary, localization);
    switch (notice.type) {
      case 'state':
        return this.#turn(notice.upload, notice.from, notice.to, localization);
      case 'progress':
        return this.#step(notice.upload, notice.progress.ratio, localization);
      case 'part':
      case 'retry':
        return undefined;
      default:
        return notice satisfies never;
    }
  }

  /** Of many uploads single turns are noise: what counts is when all begin, stand still and end, and what fails. */
  #announceSummary(
    notice: UploaderEvent,
    summary: UploadSummary,
    localization: Localization,
  ): string | undefined {
    const { locale, format } = localization;
    const wasBusy = this.#isCrowdBusy;
    const wasOffline = this.#isCrowdOffline;
    this.#isCrowdBusy = isBusy(summary);
    this.#isCrowdOffline = summary.active > 0 && summary.waitingForNetwork === summary.active;
    const percent = format.percent(summary.progress.ratio);
    const step = stepBelow(summary.progress.ratio);
    const begin = () =>
      begins(
        summary.progress,
        fillPlaceholders(locale.announceStartMany, { count: format.count(summary.count) }),
        localization,
      );
    if (this.#isCrowdBusy && !wasBusy) {
      this.#crowdStep = step;
      return begin();
    }
    if (!this.#isCrowdBusy && wasBusy) {
      if (summary.paused > 0) return fillPlaceholders(locale.pausedAt, { percent });
      return (
        [countLine(summary, localization), failureLine(summary, localization)].filter(Boolean).join('. ') +
        '.'
      );
    }
    if (this.#isCrowdOffline && !wasOffline) return locale.waitingForNetwork;
    if (wasOffline && !this.#isCrowdOffline && isBack(notice)) return begin();
    if (notice.type === 'state' && notice.to.status === 'failed') {
      const { upload, to } = notice;
      return fillPlaceholders(locale.announceFileStatus, {
        name: isolate(upload.fileName),
        status: to.error.message,
      });
    }
    if (step <= this.#crowdStep) return undefined;
    this.#crowdStep = step;
    return fillPlaceholders(locale.announceProgress, { percent: format.percent(step / 100) });
  }

  #turn(upload: Upload, from: UploadState, to: UploadState, localization: Localization): string | undefined {
    const { locale, format } = localization;
    const { fileName: name } = upload;
    const percent = format.percent(to.progress.ratio);
    const start = fillPlaceholders(locale.announceStart, { name });
    switch (to.status) {
      case 'preparing':
        this.#steps.set(upload, stepBelow(to.progress.ratio));
        return begins(to.progress, start, localization);
      case 'waiting':
        switch (to.reason) {
          case 'offline':
            return locale.waitingForNetwork;
          case 'other-tab':
            return locale.uploadingInOtherTab;
          case 'retry':
            return fillPlaceholders(locale.retrying, { error: to.error?.message ?? '' });
          default:
            return to.reason satisfies never;
        }
      case 'paused':
        return fillPlaceholders(locale.pausedAt, { percent });
      case 'completing':
        return locale.completing;
      case 'succeeded':
        return fillPlaceholders(locale.announceUploaded, { name });
      case 'cancelled':
        return fillPlaceholders(locale.announceCancelled, { name });
      case 'uploading':
        // Only then is the next loss of the network news.
        return waitsForNetwork(from) ? begins(to.progress, start, localization) : undefined;
      case 'ready':
      case 'failed':
        return undefined;
      case 'resumable':
        // Its handle led nowhere: the file must be chosen after all.
        return statusText(upload, localization, Date.now());
      default:
        return to satisfies never;
    }
  }

  #step(upload: Upload, ratio: number, { locale, format }: Localization): string | undefined {
    const step = stepBelow(ratio);
    if (step <= (this.#steps.get(upload) ?? 0)) return undefined;
    this.#steps.set(upload, step);
    return fillPlaceholders(locale.announceProgress, { percent: format.percent(step / 100) });
  }
}

/** @param start what to say where nothing has arrived yet; otherwise it goes on */
function begins({ loaded, ratio }: Progress, start: string, { locale, format }: Localization): string {
  return loaded > 0 ? fillPlaceholders(locale.announceResumed, { percent: format.percent(ratio) }) : start;
}

/** Whether an upload has found the network again, and not only left its wait. */
function isBack(notice: UploaderEvent): boolean {
  return notice.type === 'state' && waitsForNetwork(notice.from) && isActive(notice.to);
}

function stepBelow(ratio: number): number {
  return STEPS.find((step) => ratio * 100 >= step) ?? 0;
}
