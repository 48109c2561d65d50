/** What is said of an upload in one grey line. Pure. */

import type { Progress, Upload, UploadState } from '../core/index.js';
import { fillPlaceholders } from '../core/index.js';
import { isolate } from './file-name.js';
import type { Localization } from './localization.js';

/** The pieces of the line of an upload that moves, most important first: what is narrow drops the last ones. */
export interface ProgressTexts {
  percent: string;
  transferred: string;
  rate?: string;
  timeLeft?: string;
}

export function progressTexts(progress: Progress, { locale, format }: Localization): ProgressTexts {
  const { loaded, total, ratio, bytesPerSecond, secondsLeft } = progress;
  return {
    percent: format.percent(ratio),
    transferred: fillPlaceholders(locale.transferred, format.transferred(loaded, total)),
    ...(bytesPerSecond !== undefined && { rate: format.rate(bytesPerSecond) }),
    ...(secondsLeft !== undefined &&
      Number.isFinite(secondsLeft) && {
        timeLeft: fillPlaceholders(locale.timeLeft, { duration: format.duration(secondsLeft) }),
      }),
  };
}

/** @param now milliseconds since 1970 */
export function statusText(
  { state, canReopen, fileName }: Pick<Upload, 'state' | 'canReopen' | 'fileName'>,
  localization: Localization,
  now: number,
): string {
  const { locale, format } = localization;
  const { progress } = state;
  const percent = format.percent(progress.ratio);
  switch (state.status) {
    case 'ready':
      return format.bytes(progress.total);
    case 'preparing':
      return locale.preparing;
    case 'uploading': {
      const { percent, transferred, rate, timeLeft } = progressTexts(progress, localization);
      return [percent, transferred, rate, timeLeft].filter(Boolean).join(', ');
    }
    case 'waiting':
      switch (state.reason) {
        case 'offline':
          return locale.waitingForNetwork;
        case 'other-tab':
          return locale.uploadingInOtherTab;
        case 'retry': {
          const error = state.error?.message ?? '';
          const seconds = ((state.until ?? now) - now) / 1_000;
          return seconds > 0
            ? fillPlaceholders(locale.retryingIn, { error, duration: format.seconds(seconds) })
            : fillPlaceholders(locale.retrying, { error });
        }
        default:
          return state.reason satisfies never;
      }
    case 'paused':
      return fillPlaceholders(locale.pausedAt, { percent });
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
        ? stoppedText(state, localization, now)
        : fillPlaceholders(locale.selectFile, {
            stopped: stoppedText(state, localization, now),
            name: isolate(fileName),
          });
    default:
      return state satisfies never;
  }
}

/** Why an upload that has succeeded was not verified, for developers; nothing where it was. */
export function unverifiedReason(state: UploadState, { locale }: Localization): string | undefined {
  const reason = state.status === 'succeeded' ? state.result.unverifiedReason : undefined;
  switch (reason) {
    case undefined:
      return undefined;
    case 'not-exposed':
      return locale.notVerifiedHeaderHidden;
    case 'switched-off':
      return locale.notVerifiedSwitchedOff;
    default:
      return reason satisfies never;
  }
}

function stoppedText(
  { progress, savedAt }: Extract<UploadState, { status: 'resumable' }>,
  { locale, format }: Localization,
  now: number,
): string {
  const percent = format.percent(progress.ratio);
  const isToday = new Date(savedAt).toDateString() === new Date(now).toDateString();
  return isToday
    ? fillPlaceholders(locale.stoppedToday, { percent })
    : fillPlaceholders(locale.stoppedOn, { percent, day: format.day(savedAt, now) });
}
