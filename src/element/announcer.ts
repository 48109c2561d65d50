/** Chooses what is said aloud: the start, a few steps, every turn, the end. Never twice the same. */

import { isActive, type Progress, type Upload, type UploadNotice, type UploadState } from '../core/index.js';
import { fill } from '../localize.js';
import { isBusy, isSingle, waitsForNetwork, type Crowd } from './crowd.js';
import { isolate } from './file-name.js';
import { statusLine } from './status-line.js';
import { countLine, failureLine } from './summary.js';
import type { Voice } from './voice.js';

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
   * @param crowd all uploads, the one that the notice is of among them
   * @returns what to say now, if anything; the failure of a single one is left to the alert that is shown with it
   */
  hear(notice: UploadNotice, crowd: Crowd, voice: Voice): string | undefined {
    const isFound = notice.type === 'state' && notice.to.status === 'resumable';
    if (!isSingle(crowd) && !isFound) return this.#hearCrowd(notice, crowd, voice);
    switch (notice.type) {
      case 'state':
        return this.#turn(notice.upload, notice.from, notice.to, voice);
      case 'progress':
        return this.#step(notice.upload, notice.progress.ratio, voice);
      case 'part':
      case 'retry':
        return undefined;
      default:
        return notice satisfies never;
    }
  }

  /** Of many uploads single turns are noise: what counts is when all begin, stand still and end, and what fails. */
  #hearCrowd(notice: UploadNotice, crowd: Crowd, voice: Voice): string | undefined {
    const { locale, format } = voice;
    const wasBusy = this.#isCrowdBusy;
    const wasOffline = this.#isCrowdOffline;
    this.#isCrowdBusy = isBusy(crowd);
    this.#isCrowdOffline = crowd.active > 0 && crowd.waitingForNetwork === crowd.active;
    const percent = format.percent(crowd.progress.ratio);
    const step = stepBelow(crowd.progress.ratio);
    const begin = () =>
      begins(crowd.progress, fill(locale.saidStartMany, { count: format.count(crowd.count) }), voice);
    if (this.#isCrowdBusy && !wasBusy) {
      this.#crowdStep = step;
      return begin();
    }
    if (!this.#isCrowdBusy && wasBusy) {
      if (crowd.paused > 0) return fill(locale.pausedAt, { percent });
      return [countLine(crowd, voice), failureLine(crowd, voice)].filter(Boolean).join('. ') + '.';
    }
    if (this.#isCrowdOffline && !wasOffline) return locale.waitingForNetwork;
    if (wasOffline && !this.#isCrowdOffline && isBack(notice)) return begin();
    if (notice.type === 'state' && notice.to.status === 'failed') {
      const { upload, to } = notice;
      return fill(locale.saidFound, { name: isolate(upload.fileName), status: to.error.message });
    }
    if (step <= this.#crowdStep) return undefined;
    this.#crowdStep = step;
    return fill(locale.saidStep, { percent: format.percent(step / 100) });
  }

  #turn(upload: Upload, from: UploadState, to: UploadState, voice: Voice): string | undefined {
    const { locale, format } = voice;
    const { fileName: name } = upload;
    const percent = format.percent(to.progress.ratio);
    const start = fill(locale.saidStart, { name });
    switch (to.status) {
      case 'preparing':
        this.#steps.set(upload, stepBelow(to.progress.ratio));
        return begins(to.progress, start, voice);
      case 'waiting':
        switch (to.reason) {
          case 'offline':
            return locale.waitingForNetwork;
          case 'other-tab':
            return locale.otherTab;
          case 'retry':
            return fill(locale.tryingAgain, { error: to.error?.message ?? '' });
          default:
            return to.reason satisfies never;
        }
      case 'paused':
        return fill(locale.pausedAt, { percent });
      case 'completing':
        return locale.completing;
      case 'succeeded':
        return fill(locale.saidDone, { name });
      case 'cancelled':
        return fill(locale.saidCancelled, { name });
      case 'uploading':
        // Only then is the next loss of the network news.
        return waitsForNetwork(from) ? begins(to.progress, start, voice) : undefined;
      case 'ready':
      case 'failed':
        return undefined;
      case 'resumable':
        // Its handle led nowhere: the file must be chosen after all.
        return statusLine(upload, voice, Date.now());
      default:
        return to satisfies never;
    }
  }

  #step(upload: Upload, ratio: number, { locale, format }: Voice): string | undefined {
    const step = stepBelow(ratio);
    if (step <= (this.#steps.get(upload) ?? 0)) return undefined;
    this.#steps.set(upload, step);
    return fill(locale.saidStep, { percent: format.percent(step / 100) });
  }
}

/** @param start what to say where nothing has arrived yet; otherwise it goes on */
function begins({ loaded, ratio }: Progress, start: string, { locale, format }: Voice): string {
  return loaded > 0 ? fill(locale.saidResumed, { percent: format.percent(ratio) }) : start;
}

/** Whether an upload has found the network again, and not only left its wait. */
function isBack(notice: UploadNotice): boolean {
  return notice.type === 'state' && waitsForNetwork(notice.from) && isActive(notice.to);
}

function stepBelow(ratio: number): number {
  return STEPS.find((step) => ratio * 100 >= step) ?? 0;
}
