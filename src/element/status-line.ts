/** What is said of an upload in one grey line. Pure. */

import type { Progress, UploadState } from '../core/index.js';
import { fill } from '../localize.js';
import type { Voice } from './voice.js';

/** The pieces of the line of an upload that moves, most important first: what is narrow drops the last ones. */
export interface ProgressLine {
  percent: string;
  transferred: string;
  rate?: string;
  timeLeft?: string;
}

export function progressLine(progress: Progress, { locale, format }: Voice): ProgressLine {
  const { loaded, total, ratio, bytesPerSecond, secondsLeft } = progress;
  return {
    percent: format.percent(ratio),
    transferred: fill(locale.transferred, format.transferred(loaded, total)),
    ...(bytesPerSecond !== undefined && { rate: format.rate(bytesPerSecond) }),
    ...(secondsLeft !== undefined &&
      Number.isFinite(secondsLeft) && {
        timeLeft: fill(locale.timeLeft, { duration: format.duration(secondsLeft) }),
      }),
  };
}

/** @param now milliseconds since 1970 */
export function statusLine(state: UploadState, voice: Voice, now: number): string {
  const { locale, format } = voice;
  const { progress } = state;
  const percent = format.percent(progress.ratio);
  switch (state.status) {
    case 'ready':
      return format.bytes(progress.total);
    case 'preparing':
      return locale.preparing;
    case 'uploading': {
      const { percent, transferred, rate, timeLeft } = progressLine(progress, voice);
      return [percent, transferred, rate, timeLeft].filter(Boolean).join(', ');
    }
    case 'waiting':
      switch (state.reason) {
        case 'offline':
          return locale.waitingForNetwork;
        case 'other-tab':
          return locale.otherTab;
        case 'retry': {
          const error = state.error?.message ?? '';
          const seconds = ((state.until ?? now) - now) / 1_000;
          return seconds > 0
            ? fill(locale.tryingAgainIn, { error, duration: format.seconds(seconds) })
            : fill(locale.tryingAgain, { error });
        }
        default:
          return state.reason satisfies never;
      }
    case 'paused':
      return fill(locale.pausedAt, { percent });
    case 'completing':
      return locale.completing;
    case 'succeeded':
      return state.result.verified ? locale.uploadedVerified : locale.uploaded;
    case 'failed':
      return state.error.message;
    case 'cancelled':
      return '';
    case 'resumable':
      return fill(locale.resumable, { percent, day: format.day(state.savedAt, now) });
    default:
      return state satisfies never;
  }
}
