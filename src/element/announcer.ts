/** Chooses what is said aloud: the start, a few steps, every turn, the end. Never twice the same. */

import type { Upload, UploadNotice, UploadState } from '../core/index.js';
import { fill } from '../localize.js';
import { statusLine } from './status-line.js';
import type { Voice } from './voice.js';

/** Steps worth a word, in percent. */
const STEPS = [75, 50, 25];

export class Announcer {
  /** The last step that was told of an upload, in percent. */
  readonly #steps = new WeakMap<Upload, number>();

  /** @returns what to say now, if anything; failures are left to the alert that is shown with them */
  hear(notice: UploadNotice, voice: Voice): string | undefined {
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

  #turn(upload: Upload, from: UploadState, to: UploadState, voice: Voice): string | undefined {
    const { locale, format } = voice;
    const { fileName: name } = upload;
    const percent = format.percent(to.progress.ratio);
    switch (to.status) {
      case 'preparing':
        this.#steps.set(upload, stepBelow(to.progress.ratio));
        return from.status === 'ready' || from.status === 'cancelled'
          ? fill(locale.saidStart, { name })
          : fill(locale.saidResumed, { percent });
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
      case 'ready':
      case 'uploading':
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

function stepBelow(ratio: number): number {
  return STEPS.find((step) => ratio * 100 >= step) ?? 0;
}
