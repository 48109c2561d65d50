/** Tells the page what the engine tells the element: one DOM event for each notice, progress once a frame. */

import type { Upload, UploaderEvent, UploadState } from '../core/index.js';
import { emit } from '../events.js';
import { throttleToFrame } from '../scheduling.js';

export class EventDispatcher {
  readonly #element: EventTarget;
  readonly #moved = new Set<Upload>();
  readonly #tellProgressSoon: () => void;

  /** @param onFrame called once a frame while bytes move */
  constructor(element: EventTarget, onFrame: () => void) {
    this.#element = element;
    this.#tellProgressSoon = throttleToFrame(() => {
      onFrame();
      this.#tellProgress();
    });
  }

  dispatch(notice: UploaderEvent): void {
    const { upload } = notice;
    switch (notice.type) {
      case 'state':
        this.#tellState(upload, notice.from, notice.to);
        break;
      case 'progress':
        this.#willTellProgress(upload);
        break;
      case 'part': {
        const { part, attempt } = notice;
        emit(this.#element, 'oss-part-complete', { upload, ...part, attempt, checkpoint: upload.checkpoint });
        break;
      }
      case 'retry': {
        const { attempt, delay, error } = notice;
        emit(this.#element, 'oss-upload-retry', { upload, attempt, delay, error });
        break;
      }
      default:
        notice satisfies never;
    }
  }

  #tellState(upload: Upload, from: UploadState, to: UploadState): void {
    if (to.status === 'uploading' || to.status === 'completing') this.#willTellProgress(upload);
    // What has ended, or rests, has no progress to tell afterwards.
    else this.#moved.delete(upload);
    if (from.status !== to.status) {
      emit(this.#element, 'oss-state-change', { upload, from: from.status, to: to.status });
    }
    switch (to.status) {
      case 'succeeded':
        emit(this.#element, 'oss-upload-success', { upload, ...to.result });
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

  #willTellProgress(upload: Upload): void {
    this.#moved.add(upload);
    this.#tellProgressSoon();
  }

  #tellProgress(): void {
    const moved = [...this.#moved];
    this.#moved.clear();
    for (const upload of moved)
      emit(this.#element, 'oss-upload-progress', { upload, ...upload.state.progress });
  }
}
