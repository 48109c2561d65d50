/** Dispatches a DOM event for each engine event. Progress is dispatched once a frame. */

import type { Upload, UploaderEvent, UploadResult, UploadState } from '../core/index.js';
import { emit } from '../events.js';
import { throttleToFrame } from '../scheduling.js';

export class EventDispatcher {
  readonly #element: EventTarget;
  readonly #progressed = new Set<Upload>();
  readonly #scheduleProgress: () => void;

  /** @param onFrame called once a frame while bytes are sent */
  constructor(element: EventTarget, onFrame: () => void) {
    this.#element = element;
    this.#scheduleProgress = throttleToFrame(() => {
      onFrame();
      this.#dispatchProgress();
    });
  }

  dispatch(event: UploaderEvent): void {
    const { upload } = event;
    switch (event.type) {
      case 'state':
        this.#dispatchState(upload, event.from, event.to);
        break;
      case 'progress':
        this.#queueProgress(upload);
        break;
      case 'part': {
        const { part, attempt } = event;
        emit(this.#element, 'oss-part-complete', { upload, ...part, attempt, checkpoint: upload.checkpoint });
        break;
      }
      case 'retry': {
        const { attempt, delay, error } = event;
        emit(this.#element, 'oss-upload-retry', { upload, attempt, delay, error });
        break;
      }
      case 'add':
      case 'remove':
        break;
      default:
        event satisfies never;
    }
  }

  #dispatchState(upload: Upload, from: UploadState, to: UploadState): void {
    if (to.status === 'uploading' || to.status === 'completing') this.#queueProgress(upload);
    // No progress event may follow the end of an upload or a pause.
    else this.#progressed.delete(upload);
    // For example an upload that enters the queue: it has not failed or succeeded again.
    if (from.status === to.status) return;
    emit(this.#element, 'oss-state-change', { upload, from: from.status, to: to.status });
    switch (to.status) {
      case 'succeeded':
        // All of the result is known, because an upload has led to this state.
        emit(this.#element, 'oss-upload-success', { upload, ...(to.result as UploadResult) });
        break;
      case 'failed':
        emit(this.#element, 'oss-upload-error', { upload, error: to.error });
        break;
      case 'cancelled':
        emit(this.#element, 'oss-upload-cancel', { upload });
        break;
      case 'ready':
      case 'preparing':
      case 'uploading':
      case 'waiting':
      case 'paused':
      case 'completing':
      case 'resumable':
        break;
      default:
        to satisfies never;
    }
  }

  #queueProgress(upload: Upload): void {
    this.#progressed.add(upload);
    this.#scheduleProgress();
  }

  #dispatchProgress(): void {
    const progressed = [...this.#progressed];
    this.#progressed.clear();
    for (const upload of progressed)
      emit(this.#element, 'oss-upload-progress', { upload, ...upload.state.progress });
  }
}
