import { expect } from '@open-wc/testing';
import {
  errorTexts,
  UploadError,
  type Progress,
  type Upload,
  type UploaderEvent,
  type UploadState,
  type UploadSummary,
} from '../../src/core/index.js';
import { Announcer } from '../../src/presentation/announcer.js';
import { SummaryCounter } from '../../src/core/upload-summary.js';
import { createLocalization } from '../../src/presentation/localization.js';
import { defaultLanguage } from '../../src/i18n/registry.js';

const noUploads = new SummaryCounter();
const alone: UploadSummary = { ...noUploads.counts, progress: noUploads.progress };
const localization = createLocalization(defaultLanguage, undefined);
const upload = { fileName: 'film.mp4' } as Upload;

const at = (percent: number): Progress => ({ loaded: percent, total: 100, ratio: percent / 100 });
const ready: UploadState = { status: 'ready', progress: at(0), queued: false };
const preparing = (percent: number): UploadState => ({ status: 'preparing', progress: at(percent) });
const uploading = (percent: number): UploadState => ({ status: 'uploading', progress: at(percent) });
const offline = (percent: number): UploadState => ({
  status: 'waiting',
  during: 'uploading',
  reason: 'offline',
  progress: at(percent),
});
const turn = (from: UploadState, to: UploadState): UploaderEvent => ({ type: 'state', upload, from, to });
const moved = (percent: number): UploaderEvent => ({ type: 'progress', upload, progress: at(percent) });

function hear(...events: UploaderEvent[]): (string | undefined)[] {
  const announcer = new Announcer();
  return events
    .map((notice) => announcer.announce(notice, alone, localization))
    .filter((text) => text !== undefined);
}

describe('what is spoken', () => {
  it('is the start', () => {
    expect(hear(turn(ready, preparing(0)), turn(preparing(0), uploading(0)))).to.deep.equal([
      'Uploading film.mp4.',
    ]);
  });

  it('is each quarter once', () => {
    const quarters = hear(turn(ready, preparing(0)), ...[10, 25, 26, 49, 50, 51, 74, 76, 99].map(moved));
    expect(quarters.slice(1)).to.deep.equal(['25% uploaded.', '50% uploaded.', '75% uploaded.']);
  });

  it('is the last of several quarters that pass at once', () => {
    expect(hear(moved(10), moved(80))).to.deep.equal(['75% uploaded.']);
  });

  it('is where it goes on, and no quarter that has passed before', () => {
    const paused: UploadState = { status: 'paused', progress: at(60), queued: false };
    expect(hear(turn(paused, preparing(60)), moved(61), moved(75))).to.deep.equal([
      'Going on at 60%.',
      '75% uploaded.',
    ]);
  });

  it('is the pause, the finish and the end', () => {
    const completing: UploadState = { status: 'completing', progress: at(100) };
    const result = { bucket: 'b', key: 'film.mp4', etag: '', url: '', verified: true };
    const heard = hear(
      turn(uploading(42), { status: 'paused', progress: at(42), queued: false }),
      turn(uploading(99), completing),
      turn(completing, { status: 'succeeded', progress: at(100), result }),
    );
    expect(heard).to.deep.equal(['Paused at 42%', 'Finishing…', 'film.mp4 is uploaded.']);
  });

  it('is what it waits for, without seconds that pass', () => {
    const error = { message: 'The storage is busy.' } as never;
    const waiting: UploadState = {
      status: 'waiting',
      during: 'uploading',
      reason: 'retry',
      until: 0,
      error,
      progress: at(1),
    };
    expect(hear(turn(uploading(1), waiting))).to.deep.equal(['The storage is busy. Trying again.']);
  });

  it('is that the network is back, so that its next loss is news', () => {
    expect(hear(turn(uploading(30), offline(30)), turn(offline(30), uploading(30)))).to.deep.equal([
      'Waiting for the network. Goes on by itself.',
      'Going on at 30%.',
    ]);
  });

  it('is no percentage where nothing has arrived yet', () => {
    const paused: UploadState = { status: 'paused', progress: at(0), queued: false };
    expect(hear(turn(paused, preparing(0)))).to.deep.equal(['Uploading film.mp4.']);
  });

  it('is that it was cancelled', () => {
    expect(hear(turn(uploading(1), { status: 'cancelled', progress: at(1) }))).to.deep.equal([
      'The upload of film.mp4 is cancelled.',
    ]);
  });
});

describe('what is spoken of several files', () => {
  const two: UploadSummary = { ...alone, count: 2, active: 1, queued: 1 };
  const of = (set: Partial<UploadSummary>, percent: number): UploadSummary => ({
    ...two,
    ...set,
    progress: at(percent),
  });
  const failed: UploadState = {
    status: 'failed',
    progress: at(50),
    error: new UploadError('access-denied').describe({
      ...errorTexts,
      'access-denied': { message: 'Not allowed.', hint: '' },
    }),
    queued: false,
  };

  function hearAll(...turns: [UploaderEvent, UploadSummary][]): string[] {
    const announcer = new Announcer();
    return turns.flatMap(([notice, summary]) => announcer.announce(notice, summary, localization) ?? []);
  }

  it('is the start of all, and no single one', () => {
    expect(
      hearAll([turn(ready, preparing(0)), of({}, 0)], [turn(preparing(0), uploading(0)), of({}, 0)]),
    ).to.deep.equal(['Uploading. Files: 2.']);
  });

  it('is each quarter of the whole once', () => {
    expect(
      hearAll([turn(ready, preparing(0)), of({}, 0)], [moved(60), of({}, 30)], [moved(90), of({}, 40)]).slice(
        1,
      ),
    ).to.deep.equal(['25% uploaded.']);
  });

  it('is the end, with what has failed', () => {
    const end = of({ active: 0, queued: 0, succeeded: 1, failed: 1 }, 60);
    expect(
      hearAll([turn(ready, preparing(0)), of({}, 0)], [turn(uploading(50), failed), end]).at(-1),
    ).to.equal('1 of 2 uploaded. 1 failed.');
  });

  it('is which file has failed while others go on', () => {
    expect(
      hearAll([turn(ready, preparing(0)), of({}, 0)], [turn(uploading(50), failed), of({ failed: 1 }, 20)])
        .map((text) => text.replace(/[\u2068\u2069]/g, ''))
        .at(-1),
    ).to.equal('film.mp4: Not allowed.');
  });

  it('is that all wait for the network, once', () => {
    const waiting = of({ waiting: 1, waitingForNetwork: 1 }, 10);
    expect(
      hearAll(
        [turn(ready, preparing(0)), of({}, 0)],
        [turn(uploading(10), uploading(10)), waiting],
        [turn(uploading(10), uploading(10)), waiting],
      ).slice(1),
    ).to.deep.equal(['Waiting for the network. Goes on by itself.']);
  });

  it('is that the network is back, as soon as one has found it', () => {
    expect(
      hearAll(
        [turn(ready, preparing(0)), of({}, 0)],
        [turn(uploading(10), offline(10)), of({ waiting: 1, waitingForNetwork: 1 }, 10)],
        [turn(ready, preparing(0)), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 10)],
        [turn(preparing(0), offline(10)), of({ active: 2, waiting: 2, waitingForNetwork: 2 }, 10)],
        [turn(offline(10), uploading(10)), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 10)],
      ).slice(1),
    ).to.deep.equal([
      'Waiting for the network. Goes on by itself.',
      'Waiting for the network. Goes on by itself.',
      'Going on at 10%.',
    ]);
  });

  it('is where they were paused', () => {
    const paused = of({ active: 0, queued: 0, paused: 2 }, 40);
    expect(
      hearAll([turn(ready, preparing(0)), of({}, 0)], [turn(uploading(40), ready), paused]).at(-1),
    ).to.equal('Paused at 40%');
  });
});
