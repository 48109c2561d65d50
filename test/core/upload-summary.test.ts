import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import { isActive, isQueued, progressOf, type UploadState } from '../../src/core/upload-state.js';
import { SummaryCounter, type UploadSummary } from '../../src/core/upload-summary.js';
import { fc } from '../support/properties.js';

const error = new UploadError('network');
const result = { bucket: 'b', key: 'k', etag: 'e', url: 'u', verified: false };

const someState: fc.Arbitrary<UploadState> = fc
  .record({
    loaded: fc.nat(100),
    queued: fc.boolean(),
    status: fc.constantFrom<UploadState['status']>(
      ...(['ready', 'preparing', 'uploading', 'waiting', 'paused'] as const),
      ...(['completing', 'succeeded', 'failed', 'cancelled', 'resumable'] as const),
    ),
    during: fc.constantFrom('uploading' as const, 'completing' as const),
    reason: fc.constantFrom('offline' as const, 'retry' as const, 'other-tab' as const),
  })
  .map(({ status, loaded, queued, reason, during }): UploadState => {
    const progress = progressOf(loaded, loaded, 100);
    switch (status) {
      case 'ready':
      case 'paused':
        return { status, progress, queued };
      case 'failed':
        return { status, progress, queued, error };
      case 'waiting':
        return { status, progress, reason, during };
      case 'succeeded':
        return { status, progress, result };
      case 'resumable':
        return { status, progress, savedAt: 0, reopenable: false };
      default:
        return { status, progress };
    }
  });

/** Counts all states from scratch. */
function recount(states: Iterable<UploadState>): UploadSummary {
  const counted = [...states].filter(({ status }) => status !== 'cancelled' && status !== 'resumable');
  const where = (matches: (state: UploadState) => boolean) => counted.filter(matches).length;
  const idle = (status: UploadState['status']) =>
    where((state) => state.status === status && !isQueued(state));
  const sum = (value: (state: UploadState) => number) =>
    counted.reduce((total, state) => total + value(state), 0);
  return {
    count: counted.length,
    ready: idle('ready'),
    queued: where(isQueued),
    active: where(isActive),
    waiting: idle('waiting'),
    waitingForNetwork: where((state) => state.status === 'waiting' && state.reason === 'offline'),
    completing: where(
      (state) =>
        state.status === 'completing' || (state.status === 'waiting' && state.during === 'completing'),
    ),
    paused: idle('paused'),
    failed: idle('failed'),
    succeeded: idle('succeeded'),
    bytesAtStake: sum((state) => (state.status === 'succeeded' ? 0 : state.progress.loaded)),
    progress: progressOf(
      sum(({ progress }) => progress.loaded),
      sum(({ progress }) => progress.stored),
      sum(({ progress }) => progress.total),
    ),
  };
}

describe('SummaryCounter', () => {
  it('equals a recount after any sequence of additions, changes and removals', () => {
    const change = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(someState, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const counter = new SummaryCounter();
        const states = new Map<string, UploadState>();
        for (const [id, state] of changes) {
          counter.update(id, state);
          if (state) states.set(id, state);
          else states.delete(id);
        }
        expect({ ...counter.counts, progress: counter.progress }).to.deep.equal(recount(states.values()));
      }),
    );
  });
});
