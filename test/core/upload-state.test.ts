import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import {
  isActive,
  noProgress,
  progressOf,
  reduce,
  type UploadEvent,
  type UploadState,
} from '../../src/core/upload-state.js';
import { fc } from '../support/properties.js';

const progress = (loaded: number) => progressOf(loaded, loaded, 100);
const result = { bucket: 'b', key: 'k', etag: 'e', url: 'u', verified: false };
const after = (...events: UploadEvent[]) =>
  events.reduce<UploadState>(reduce, { status: 'ready', progress: noProgress(100), queued: false });

const toUploading: UploadEvent[] = [{ type: 'start' }, { type: 'send', progress: progress(0) }];

describe('reduce', () => {
  it('moves an upload from ready to succeeded', () => {
    const events: UploadEvent[] = [
      ...toUploading,
      { type: 'complete', progress: progress(100) },
      { type: 'succeed', result },
    ];
    const statuses = events.map((_, i) => after(...events.slice(0, i + 1)).status);
    expect(statuses).to.deep.equal(['preparing', 'uploading', 'completing', 'succeeded']);
  });

  it('never lowers the progress of a running upload', () => {
    const state = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'progress', progress: progress(30) },
    );
    expect(state.progress.loaded).to.equal(50);
  });

  it('returns to the phase before a wait', () => {
    expect(after({ type: 'start' }, { type: 'wait', reason: 'retry' }, { type: 'continue' }).status).to.equal(
      'preparing',
    );
  });

  it('keeps the progress of a failed upload', () => {
    const error = new UploadError('network');
    const state = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'fail', error },
    );
    expect(state).to.deep.equal({ status: 'failed', progress: progress(50), error, queued: false });
  });

  it('ignores a pause while the upload is completing', () => {
    const state = after(...toUploading, { type: 'complete', progress: progress(100) }, { type: 'pause' });
    expect(state.status).to.equal('completing');
  });

  it('ignores a success after a pause', () => {
    expect(after(...toUploading, { type: 'pause' }, { type: 'succeed', result }).status).to.equal('paused');
  });

  it('ignores progress after a pause', () => {
    const paused = after(...toUploading, { type: 'pause' });
    expect(reduce(paused, { type: 'progress', progress: progress(50) })).to.equal(paused);
  });

  for (const [what, events] of [
    ['uploading', []],
    ['waiting', [{ type: 'wait', reason: 'retry' }]],
    ['paused', [{ type: 'pause' }]],
    ['failed', [{ type: 'fail', error: new UploadError('network') }]],
    ['completing', [{ type: 'complete', progress: progress(100) }]],
  ] satisfies [string, UploadEvent[]][]) {
    it(`completes a cancelled upload that is ${what} until its outcome is known`, () => {
      const settling = after(...toUploading, ...events, { type: 'settle' });
      expect(settling.status).to.equal('completing');
      expect(reduce(settling, { type: 'cancel' }).status).to.equal('cancelled');
      expect(reduce(settling, { type: 'succeed', result }).status).to.equal('succeeded');
    });
  }

  it('does not settle an upload that has ended, or that has not started', () => {
    const cancelled = after(...toUploading, { type: 'cancel' });
    expect(reduce(cancelled, { type: 'settle' })).to.equal(cancelled);
    const ready = after();
    expect(reduce(ready, { type: 'settle' })).to.equal(ready);
  });

  it('says that the object of a cancelled upload may be stored', () => {
    expect(after(...toUploading, { type: 'cancel', mayBeStored: true })).to.deep.include({
      mayBeStored: true,
    });
    expect(after(...toUploading, { type: 'cancel' })).to.not.have.property('mayBeStored');
  });

  it('resets the progress when a cancelled upload starts again', () => {
    const state = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'cancel' },
      { type: 'start' },
    );
    expect(state).to.deep.equal({ status: 'preparing', progress: progress(0) });
  });

  it('resets the progress when the upload must start over', () => {
    const state = after(...toUploading, { type: 'progress', progress: progress(50) }, { type: 'restart' });
    expect(state).to.deep.equal({ status: 'preparing', progress: progress(0) });
  });

  it('returns to ready when the start is prevented', () => {
    expect(after({ type: 'start' }, { type: 'start-prevented' }).status).to.equal('ready');
  });

  it('marks a ready upload as queued until it is paused or starts', () => {
    expect(after({ type: 'enqueue' })).to.deep.include({ status: 'ready', queued: true });
    expect(after({ type: 'enqueue' }, { type: 'pause' })).to.deep.include({
      status: 'paused',
      queued: false,
    });
    expect(after({ type: 'enqueue' }, { type: 'start' })).not.to.have.property('queued');
  });

  it('does not queue an upload that is running', () => {
    const running = after(...toUploading);
    expect(reduce(running, { type: 'enqueue' })).to.equal(running);
  });

  it('starts a failed upload over without its progress', () => {
    const failed = after(
      ...toUploading,
      { type: 'progress', progress: progress(50) },
      { type: 'fail', error: new UploadError('file-changed') },
    );
    expect(reduce(failed, { type: 'start-over', total: 70 })).to.deep.equal({
      status: 'preparing',
      progress: noProgress(70),
    });
  });

  it('keeps a resumable upload resumable when its file can’t be reopened', () => {
    const resumable: UploadState = {
      status: 'resumable',
      progress: progress(50),
      savedAt: 1,
      reopenable: true,
    };
    expect(reduce(resumable, { type: 'file-unavailable' })).to.deep.equal({
      ...resumable,
      reopenable: false,
    });
  });

  it('fails a resumable upload whose reopened file has changed', () => {
    const error = new UploadError('file-changed');
    const resumable: UploadState = {
      status: 'resumable',
      progress: progress(50),
      savedAt: 1,
      reopenable: true,
    };
    expect(reduce(resumable, { type: 'file-rejected', error })).to.deep.equal({
      status: 'failed',
      progress: progress(50),
      error,
      queued: false,
    });
  });

  describe('with any sequence of events', () => {
    const someProgress = fc.nat(100).map(progress);
    const reason = fc.constantFrom('offline' as const, 'retry' as const, 'other-tab' as const);
    const plainType = fc.constantFrom(
      ...([
        'start',
        'continue',
        'pause',
        'cancel',
        'settle',
        'file-attached',
        'start-prevented',
        'restart',
      ] as const),
    );
    const anyEvent: fc.Arbitrary<UploadEvent> = fc.oneof(
      { weight: 6, arbitrary: plainType.map((type): UploadEvent => ({ type })) },
      { weight: 3, arbitrary: fc.record({ type: fc.constant('send'), progress: someProgress }) },
      { weight: 3, arbitrary: fc.record({ type: fc.constant('progress'), progress: someProgress }) },
      fc.record({ type: fc.constant('wait'), reason }),
      fc.record({ type: fc.constant('complete'), progress: fc.constant(progress(100)) }),
      fc.record({ type: fc.constant('succeed'), result: fc.constant(result) }),
      fc.record({ type: fc.constant('fail'), error: fc.constant(new UploadError('network')) }),
    );
    const anyInitialState = fc.oneof(
      fc.constant<UploadState>({ status: 'ready', progress: noProgress(100), queued: false }),
      someProgress.map((stored): UploadState => ({
        status: 'resumable',
        progress: stored,
        savedAt: 0,
        reopenable: false,
      })),
    );

    /** Asserts an invariant. @param check runs after each event */
    function always(check: (from: UploadState, event: UploadEvent, to: UploadState) => void): void {
      const property = fc.property(
        anyInitialState,
        fc.array(anyEvent, { size: '+1' }),
        (initialState, events) => {
          let state = initialState;
          for (const event of events) {
            const next = reduce(state, event);
            check(state, event, next);
            state = next;
          }
        },
      );
      fc.assert(property);
    }

    it('lowers the progress only when the upload starts over, or stops and loses what is in flight', () => {
      always((from, { type }, to) => {
        const startsOver = type === 'restart' || (type === 'start' && from.status === 'cancelled');
        const stops = type === 'pause' || type === 'fail';
        if (!startsOver && !stops) expect(to.progress.loaded).to.be.at.least(from.progress.loaded);
      });
    });

    it('never lowers what is stored when the upload stops', () => {
      always((from, { type }, to) => {
        if (type === 'pause' || type === 'fail') expect(to.progress.stored).to.equal(from.progress.stored);
      });
    });

    it('reports at most the total, and the matching ratio', () => {
      always((_, __, { progress: { loaded, total, ratio } }) => {
        expect(loaded).to.be.within(0, total);
        expect(ratio).to.equal(loaded / total);
      });
    });

    it('never changes the state of a succeeded upload', () => {
      always((from, _, to) => {
        if (from.status === 'succeeded') expect(to).to.equal(from);
      });
    });

    it('ignores late events', () => {
      always((from, { type }, to) => {
        const isCommand = ['start', 'cancel', 'settle', 'file-attached'].includes(type);
        const isEarlyFailure = type === 'fail' && from.status === 'ready';
        if (!isActive(from) && !isCommand && !isEarlyFailure) expect(to).to.equal(from);
      });
    });

    it('pauses only an active upload that is not completing', () => {
      always((from, { type }, to) => {
        const isCompleting =
          from.status === 'completing' || (from.status === 'waiting' && from.during === 'completing');
        if (type === 'pause')
          expect(to.status === 'paused').to.equal(
            from.status === 'paused' || (isActive(from) && !isCompleting),
          );
      });
    });
  });
});
