import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import {
  isActive,
  noProgress,
  reduce,
  type UploadEvent,
  type UploadState,
} from '../../src/core/upload-state.js';
import { fc } from '../support/properties.js';

const progress = (loaded: number) => ({ loaded, total: 100, ratio: loaded / 100 });
const result = { bucket: 'b', key: 'k', etag: 'e', url: 'u', verified: false };
const after = (...events: UploadEvent[]) =>
  events.reduce(reduce, { status: 'ready', progress: noProgress(100), queued: false } as UploadState);

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
    expect(after({ type: 'start' }, { type: 'wait', reason: 'retry' }, { type: 'continue' }).status).to.equal(
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
    expect(state).to.deep.equal({ status: 'failed', progress: progress(50), error, queued: false });
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
    expect(after({ type: 'start' }, { type: 'start-prevented' }).status).to.equal('ready');
  });

  describe('through any order of events', () => {
    const someProgress = fc.nat(100).map(progress);
    const reason = fc.constantFrom('offline' as const, 'retry' as const, 'other-tab' as const);
    const bare = fc.constantFrom(
      ...(['start', 'continue', 'pause', 'cancel', 'file-attached', 'start-prevented', 'restart'] as const),
    );
    const anyEvent: fc.Arbitrary<UploadEvent> = fc.oneof(
      { weight: 6, arbitrary: bare.map((type): UploadEvent => ({ type })) },
      { weight: 3, arbitrary: fc.record({ type: fc.constant('send'), progress: someProgress }) },
      { weight: 3, arbitrary: fc.record({ type: fc.constant('progress'), progress: someProgress }) },
      fc.record({ type: fc.constant('wait'), reason }),
      fc.record({ type: fc.constant('complete'), progress: fc.constant(progress(100)) }),
      fc.record({ type: fc.constant('succeed'), result: fc.constant(result) }),
      fc.record({ type: fc.constant('fail'), error: fc.constant(new UploadError('network')) }),
    );
    const anyBeginning = fc.oneof(
      fc.constant<UploadState>({ status: 'ready', progress: noProgress(100), queued: false }),
      someProgress.map((known): UploadState => ({
        status: 'resumable',
        progress: known,
        savedAt: 0,
        reopenable: false,
      })),
    );

    /** @param check what must be true of each step on the way */
    function always(check: (from: UploadState, event: UploadEvent, to: UploadState) => void): void {
      const way = fc.property(anyBeginning, fc.array(anyEvent, { size: '+1' }), (beginning, events) => {
        let state = beginning;
        for (const event of events) {
          const next = reduce(state, event);
          check(state, event, next);
          state = next;
        }
      });
      fc.assert(way);
    }

    it('shows no fewer bytes than before, but where it begins anew', () => {
      always((from, { type }, to) => {
        const begins = type === 'restart' || (type === 'start' && from.status === 'cancelled');
        if (!begins) expect(to.progress.loaded).to.be.at.least(from.progress.loaded);
      });
    });

    it('shows no more bytes than there are, and the share that they are', () => {
      always((_, __, { progress: { loaded, total, ratio } }) => {
        expect(loaded).to.be.within(0, total);
        expect(ratio).to.equal(loaded / total);
      });
    });

    it('lets nothing change what has succeeded', () => {
      always((from, _, to) => {
        if (from.status === 'succeeded') expect(to).to.equal(from);
      });
    });

    it('lets what comes late change nothing', () => {
      always((from, { type }, to) => {
        const ofPerson = type === 'start' || type === 'cancel' || type === 'file-attached';
        const ofReady = type === 'fail' && from.status === 'ready';
        if (!isActive(from) && !ofPerson && !ofReady) expect(to).to.equal(from);
      });
    });

    it('is paused only where bytes are under way', () => {
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
