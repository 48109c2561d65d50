/** Decides what screen readers announce: starts, milestones, state changes and ends. */

import {
  fillPlaceholders,
  isBusy,
  isSingle,
  withoutBidiControls,
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
  /** Uploads whose wait was announced. Further waits are silent until OSS has acknowledged a part. */
  readonly #waiting = new WeakSet<Upload>();
  /** The same for all uploads together. */
  #areWaiting = false;

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
        if (!isSingle(summary)) break;
        return this.#waiting.delete(event.upload)
          ? resumedText(event.upload.state.progress, localization)
          : undefined;
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
    const wereWaiting = this.#areWaiting;
    const busy = isBusy(summary);
    const offline = summary.active > 0 && summary.waitingForNetwork === summary.active;
    const isStored = event.type === 'part' || (event.type === 'state' && event.to.status === 'succeeded');
    this.#wasBusy = busy;
    this.#areWaiting = offline || (wereWaiting && busy && !isStored);
    const milestone = milestoneBelow(storedRatio(summary.progress));
    if (busy && !wasBusy) {
      this.#summaryMilestone = milestone;
      // Uploaded files don't count: nothing of them is resumed.
      if (summary.bytesAtStake > 0) return resumedText(summary.progress, localization);
      const started = summary.active + summary.queued;
      return started > 1
        ? fillPlaceholders(locale.announceStartMany, { count: format.count(started) })
        : fillPlaceholders(locale.announceStart, { name: withoutBidiControls(event.upload.fileName) });
    }
    if (!busy && wasBusy) {
      if (event.type === 'state' && event.to.status === 'paused') {
        return fillPlaceholders(locale.pausedAt, { percent: format.percent(storedRatio(summary.progress)) });
      }
      return `${[countText(summary, localization), failureText(summary, localization)].filter(Boolean).join('. ')}.`;
    }
    if (offline && !wereWaiting) return locale.waitingForNetwork;
    if (wereWaiting && !this.#areWaiting) return resumedText(summary.progress, localization);
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
    const name = withoutBidiControls(upload.fileName);
    const wasWaiting = this.#waiting.has(upload);
    // Attempts may keep failing.
    if (wasWaiting && from.status === 'waiting' && to.status === from.during) return undefined;
    if (to.status !== 'waiting' && to.status !== 'uploading') this.#waiting.delete(upload);
    switch (to.status) {
      case 'preparing':
        this.#milestones.set(upload, milestoneBelow(storedRatio(to.progress)));
        return startText(to.progress, fillPlaceholders(locale.announceStart, { name }), localization);
      case 'waiting':
        if (to.reason === 'other-tab') return locale.uploadingInOtherTab;
        this.#waiting.add(upload);
        if (wasWaiting) return undefined;
        return to.reason === 'offline'
          ? locale.waitingForNetwork
          : fillPlaceholders(locale.retrying, { error: to.error?.message ?? '' });
      case 'paused':
        return fillPlaceholders(locale.pausedAt, { percent: format.percent(storedRatio(to.progress)) });
      case 'completing':
        return locale.completing;
      case 'succeeded':
        return fillPlaceholders(locale.announceUploaded, { name });
      case 'cancelled':
        return fillPlaceholders(locale.announceCancelled, { name });
      case 'uploading':
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
function startText(progress: Progress, start: string, localization: Localization): string {
  return progress.stored > 0 ? resumedText(progress, localization) : start;
}

function resumedText(progress: Progress, { locale, format }: Localization): string {
  return fillPlaceholders(locale.announceResumed, { percent: format.percent(storedRatio(progress)) });
}

function milestoneBelow(ratio: number): number {
  return MILESTONES.find((milestone) => ratio * 100 >= milestone) ?? 0;
}
