import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import {
  isActive,
  noProgress,
  reduce,
  type UploadEvent,
  type UploadState,
} from '../../src/core/upload-state.js';
import { seededRandom } from '../support/seeded-random.js';

const progress = (loaded: number) => ({ loaded, total: 100, ratio: loaded / 100 });
const result = { bucket: 'b', key: 'k', etag: 'e', url: 'u', verified: false };
const after = (...events: UploadEvent[]) =>
  events.reduce(reduce, { status: 'ready', progress: noProgress(100) } as UploadState);

const toUploading: UploadEvent[] = [{ type: 'start' }, { type: 'send', progress: progress(0) }];

describe('upload state', () => {
  it('goes from ready over preparing and uploading to completing and succeeded', () => {
    const events: UploadEvent[] = [
      ...toUploading,
      { type: 'complete', progress: progress(100) },
      { type: 'succeed', result },
    ];
    const statuses = events.map((_, i) => after(...events.slice(0, i + 1)).status);
    expect(statuses).to.deep.equal(['preparing', 'uploading', 'completing', 'succeeded']);
  });

  it('never shows fewer bytes than before while an upload goes on', () => {
    const state = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'progress', progress: progress(30) },
    );
    expect(state.progress.loaded).to.equal(50);
  });

  it('goes on after a wait where it had been', () => {
    expect(after({ type: 'start' }, { type: 'wait', reason: 'retry' }, { type: 'go-on' }).status).to.equal(
      'preparing',
    );
  });

  it('keeps what has arrived when it fails', () => {
    const error = new UploadError('network');
    const state = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'fail', error },
    );
    expect(state).to.deep.equal({ status: 'failed', progress: progress(50), error });
  });

  it('can’t be paused while OSS puts the object together', () => {
    const state = after(...toUploading, { type: 'complete', progress: progress(100) }, { type: 'pause' });
    expect(state.status).to.equal('completing');
  });

  it('ignores a success that comes after a pause', () => {
    expect(after(...toUploading, { type: 'pause' }, { type: 'succeed', result }).status).to.equal('paused');
  });

  it('ignores progress that comes after a pause', () => {
    const paused = after(...toUploading, { type: 'pause' });
    expect(reduce(paused, { type: 'progress', progress: progress(50) })).to.equal(paused);
  });

  it('begins at nothing after a cancel', () => {
    const state = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'cancel' },
      { type: 'start' },
    );
    expect(state).to.deep.equal({ status: 'preparing', progress: progress(0) });
  });

  it('begins at nothing when the server has forgotten it', () => {
    const state = after(...toUploading, { type: 'progress', progress: progress(50) }, { type: 'restart' });
    expect(state).to.deep.equal({ status: 'preparing', progress: progress(0) });
  });

  it('goes back to ready when the page does not want it to begin', () => {
    expect(after({ type: 'start' }, { type: 'withdraw' }).status).to.equal('ready');
  });

  it('holds its promises through any order of events', () => {
    const random = seededRandom(3);
    const events: (() => UploadEvent)[] = [
      () => ({ type: 'start' }),
      () => ({ type: 'send', progress: progress(Math.floor(random() * 100)) }),
      () => ({ type: 'progress', progress: progress(Math.floor(random() * 100)) }),
      () => ({ type: 'wait', reason: 'retry' }),
      () => ({ type: 'go-on' }),
      () => ({ type: 'pause' }),
      () => ({ type: 'complete', progress: progress(100) }),
      () => ({ type: 'succeed', result }),
      () => ({ type: 'fail', error: new UploadError('network') }),
      () => ({ type: 'cancel' }),
      () => ({ type: 'withdraw' }),
      () => ({ type: 'restart' }),
    ];
    for (let run = 0; run < 300; run++) {
      let state = after();
      for (let step = 0; step < 40; step++) {
        const event = events[Math.floor(random() * events.length)]!();
        const next = reduce(state, event);
        const begins = event.type === 'restart' || (event.type === 'start' && state.status === 'cancelled');
        if (!begins) expect(next.progress.loaded).to.be.at.least(state.progress.loaded);
        if (state.status === 'succeeded') expect(next).to.equal(state);
        if (!isActive(state) && event.type !== 'start' && event.type !== 'cancel' && event.type !== 'fail') {
          expect(next).to.equal(state);
        }
        state = next;
      }
    }
  });
});
