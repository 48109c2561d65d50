/** What is said of an upload in one grey line. Pure. */

import type { Progress, Upload, UploadState } from '../core/index.js';
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
export function statusLine(
  { state, canReopen }: Pick<Upload, 'state' | 'canReopen'>,
  voice: Voice,
  now: number,
): string {
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
      return canReopen
        ? whatIsLeft(state, voice, now)
        : fill(locale.resumable, { left: whatIsLeft(state, voice, now) });
    default:
      return state satisfies never;
  }
}

/** Why an upload that has succeeded was not verified, for developers; nothing where it was. */
export function unverifiedReason(state: UploadState, { locale }: Voice): string | undefined {
  const reason = state.status === 'succeeded' ? state.result.unverifiedReason : undefined;
  switch (reason) {
    case undefined:
      return undefined;
    case 'not-exposed':
      return locale.unverifiedNotExposed;
    case 'switched-off':
      return locale.unverifiedSwitchedOff;
    default:
      return reason satisfies never;
  }
}

function whatIsLeft(
  { progress, savedAt }: Extract<UploadState, { status: 'resumable' }>,
  { locale, format }: Voice,
  now: number,
): string {
  const percent = format.percent(progress.ratio);
  const isToday = new Date(savedAt).toDateString() === new Date(now).toDateString();
  return isToday
    ? fill(locale.leftToday, { percent })
    : fill(locale.leftOn, { percent, day: format.day(savedAt, now) });
}
