/** The status texts of an upload and of the list. Pure. */

import {
  fillPlaceholders,
  type Progress,
  type Upload,
  type UploadCounts,
  type UploadState,
} from '../core/index.js';
import { isolate } from './file-name.js';
import type { Localization } from './localization.js';

/** How much of a file or of all files OSS has stored, 0 to 1. */
export function storedRatio({ stored, total }: Progress): number {
  return total === 0 ? 0 : stored / total;
}

/** The texts of a running upload, most important first. Narrow elements hide the last ones. */
export interface ProgressTexts {
  percent: string;
  transferred: string;
  rate?: string;
  timeLeft?: string;
}

/** Returns the texts of a running upload. Unknown values are left out. */
export function progressTexts(progress: Progress, { locale, format }: Localization): ProgressTexts {
  const { stored, total, bytesPerSecond, secondsLeft } = progress;
  return {
    percent: format.percent(storedRatio(progress)),
    transferred: fillPlaceholders(locale.transferred, format.transferred(stored, total)),
    ...(bytesPerSecond !== undefined && { rate: format.rate(bytesPerSecond) }),
    ...(secondsLeft !== undefined &&
      Number.isFinite(secondsLeft) && {
        timeLeft: fillPlaceholders(locale.timeLeft, { duration: format.duration(secondsLeft) }),
      }),
  };
}

/** Returns the status of an upload in one line. @param now milliseconds since 1970 */
export function statusText(
  { state, fileName }: Pick<Upload, 'state' | 'fileName'>,
  localization: Localization,
  now: number,
): string {
  const { locale, format } = localization;
  const { progress } = state;
  const percent = format.percent(storedRatio(progress));
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
      return state.reopenable
        ? stoppedText(state, localization, now)
        : fillPlaceholders(locale.selectFile, {
            stopped: stoppedText(state, localization, now),
            name: isolate(fileName),
          });
    default:
      return state satisfies never;
  }
}

/** Returns what has happened to an upload that can be brought back. */
export function undoText(upload: Pick<Upload, 'state'>, { locale }: Localization): string {
  return wasRemoved(upload) ? locale.fileRemoved : locale.uploadCancelled;
}

/** Whether an upload that can be brought back was only removed from the list, and not cancelled. */
export function wasRemoved({ state }: Pick<Upload, 'state'>): boolean {
  return ['ready', 'succeeded', 'failed'].includes(state.status);
}

/** Returns, for developers, why a stored object was not verified. `undefined` if it was. */
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
  const percent = format.percent(storedRatio(progress));
  const isToday = new Date(savedAt).toDateString() === new Date(now).toDateString();
  return isToday
    ? fillPlaceholders(locale.stoppedToday, { percent })
    : fillPlaceholders(locale.stoppedOn, { percent, day: format.day(savedAt, now) });
}

/** Returns how many uploads are stored: `12 of 40 uploaded`. */
export function countText({ succeeded, count }: UploadCounts, { locale, format }: Localization): string {
  return fillPlaceholders(locale.uploadedCount, {
    done: format.count(succeeded),
    count: format.count(count),
  });
}

/** Returns how many uploads have failed: `3 failed`. Empty if none has. */
export function failureText({ failed }: UploadCounts, { locale, format }: Localization): string {
  return failed > 0 ? fillPlaceholders(locale.failedCount, { count: format.count(failed) }) : '';
}
