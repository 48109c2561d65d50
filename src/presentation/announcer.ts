/** Decides what screen readers announce: starts, milestones, state changes and ends. */

import {
  fillPlaceholders,
  isActive,
  isBusy,
  isSingle,
  isWaitingForNetwork,
  type Progress,
  type Upload,
  type UploaderEvent,
  type UploadState,
  type UploadSummary,
} from '../core/index.js';
import { isolate } from './file-name.js';
import type { Localization } from './localization.js';
import { countText, failureText, statusText, storedRatio } from './status-text.js';

/** Progress that is announced, in percent. Highest first. */
const MILESTONES = [75, 50, 25];

export class Announcer {
  /** The last milestone that was announced for each upload, in percent. */
  readonly #milestones = new WeakMap<Upload, number>();
  /** The last milestone that was announced for all uploads together, in percent. */
  #summaryMilestone = 0;
  #wasBusy = false;
  #wasOffline = false;

  /**
   * Returns what to announce after an event, if anything. A failure of a single upload is left to its alert.
   *
   * @param summary of all uploads, after the event
   */
  announce(event: UploaderEvent, summary: UploadSummary, localization: Localization): string | undefined {
    switch (event.type) {
      case 'state':
        // Entering or leaving the queue is not announced, and neither is how a cancelled upload has ended.
        if (
          event.from.status === event.to.status &&
          ('queued' in event.to || event.to.status === 'cancelled')
        ) {
          return undefined;
        }
        if (!isSingle(summary) && event.to.status !== 'resumable') break;
        return this.#announceState(event.upload, event.from, event.to, localization);
      case 'progress':
        if (!isSingle(summary)) break;
        return this.#announceMilestone(event.upload, storedRatio(event.progress), localization);
      case 'part':
      case 'retry':
        if (!isSingle(summary)) break;
        return undefined;
      case 'add':
      case 'remove':
        return undefined;
      default:
        return event satisfies never;
    }
    return this.#announceSummary(event, summary, localization);
  }

  /** With several uploads, announces each failure, and otherwise only overall starts, stops and milestones. */
  #announceSummary(
    event: UploaderEvent,
    summary: UploadSummary,
    localization: Localization,
  ): string | undefined {
    const { locale, format } = localization;
    const wasBusy = this.#wasBusy;
    const wasOffline = this.#wasOffline;
    const busy = isBusy(summary);
    const offline = summary.active > 0 && summary.waitingForNetwork === summary.active;
    this.#wasBusy = busy;
    this.#wasOffline = offline;
    const milestone = milestoneBelow(storedRatio(summary.progress));
    const start = () =>
      startText(
        summary.progress,
        fillPlaceholders(locale.announceStartMany, { count: format.count(summary.count) }),
        localization,
      );
    if (busy && !wasBusy) {
      this.#summaryMilestone = milestone;
      return start();
    }
    if (!busy && wasBusy) {
      if (summary.paused > 0) {
        return fillPlaceholders(locale.pausedAt, { percent: format.percent(storedRatio(summary.progress)) });
      }
      return `${[countText(summary, localization), failureText(summary, localization)].filter(Boolean).join('. ')}.`;
    }
    if (offline && !wasOffline) return locale.waitingForNetwork;
    if (wasOffline && !offline && isBackOnline(event)) return start();
    if (event.type === 'state' && event.to.status === 'failed') {
      const { upload, to } = event;
      return fillPlaceholders(locale.announceFileStatus, {
        name: isolate(upload.fileName),
        status: to.error.message,
      });
    }
    if (milestone <= this.#summaryMilestone) return undefined;
    this.#summaryMilestone = milestone;
    return fillPlaceholders(locale.announceProgress, { percent: format.percent(milestone / 100) });
  }

  #announceState(
    upload: Upload,
    from: UploadState,
    to: UploadState,
    localization: Localization,
  ): string | undefined {
    const { locale, format } = localization;
    const { fileName: name } = upload;
    const start = fillPlaceholders(locale.announceStart, { name });
    switch (to.status) {
      case 'preparing':
        this.#milestones.set(upload, milestoneBelow(storedRatio(to.progress)));
        return startText(to.progress, start, localization);
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
        return fillPlaceholders(locale.pausedAt, { percent: format.percent(storedRatio(to.progress)) });
      case 'completing':
        return locale.completing;
      case 'succeeded':
        return fillPlaceholders(locale.announceUploaded, { name });
      case 'cancelled':
        return fillPlaceholders(locale.announceCancelled, { name });
      case 'uploading':
        // Bytes are being sent again, so the network is back.
        return isWaitingForNetwork(from) ? startText(to.progress, start, localization) : undefined;
      case 'ready':
      case 'failed':
        return undefined;
      case 'resumable':
        // The browser could not reopen the file: the user has to select it.
        return statusText(upload, localization, Date.now());
      default:
        return to satisfies never;
    }
  }

  #announceMilestone(upload: Upload, ratio: number, { locale, format }: Localization): string | undefined {
    const milestone = milestoneBelow(ratio);
    if (milestone <= (this.#milestones.get(upload) ?? 0)) return undefined;
    this.#milestones.set(upload, milestone);
    return fillPlaceholders(locale.announceProgress, { percent: format.percent(milestone / 100) });
  }
}

/** @param start the text for an upload of which nothing is stored yet; otherwise the upload is announced as resumed */
function startText(progress: Progress, start: string, { locale, format }: Localization): string {
  const percent = format.percent(storedRatio(progress));
  return progress.stored > 0 ? fillPlaceholders(locale.announceResumed, { percent }) : start;
}

/** Whether an upload that waited for the network is active again. If it was paused or cancelled, it isn't. */
function isBackOnline(event: UploaderEvent): boolean {
  return event.type === 'state' && isWaitingForNetwork(event.from) && isActive(event.to);
}

function milestoneBelow(ratio: number): number {
  return MILESTONES.find((milestone) => ratio * 100 >= milestone) ?? 0;
}
