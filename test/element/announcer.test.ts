import { expect } from '@open-wc/testing';
import {
  UploadError,
  errorTexts,
  type Progress,
  type Upload,
  type UploaderEvent,
  type UploadState,
  type UploadSummary,
} from '../../src/core/index.js';
import { Announcer } from '../../src/presentation/announcer.js';
import { SummaryCounter } from '../../src/core/upload-summary.js';
import { completeLocalization } from '../../src/presentation/complete-localization.js';
import { createLocalization } from '../../src/presentation/localization.js';
import english from '../../src/i18n/locales/en.js';

const noUploads = new SummaryCounter();
const alone: UploadSummary = { ...noUploads.counts, progress: noUploads.progress };
const localization = completeLocalization(createLocalization({ tag: 'en', locale: english }, undefined));
const upload = { fileName: 'film.mp4' } as unknown as Upload;

const at = (percent: number): Progress => ({
  loaded: percent,
  stored: percent,
  total: 100,
  ratio: percent / 100,
});
const ready: UploadState = { status: 'ready', progress: at(0), queued: false };
const preparing = (percent: number): UploadState => ({ status: 'preparing', progress: at(percent) });
const uploading = (percent: number): UploadState => ({ status: 'uploading', progress: at(percent) });
const offline = (percent: number): UploadState => ({
  status: 'waiting',
  during: 'uploading',
  reason: 'offline',
  progress: at(percent),
});
const stateChange = (from: UploadState, to: UploadState): UploaderEvent => ({
  type: 'state',
  upload,
  from,
  to,
});
/** OSS has acknowledged a part. */
const stored = (percent: number): UploaderEvent => ({
  type: 'part',
  upload: Object.assign(upload, { state: uploading(percent) }),
  part: { number: 1, etag: '' },
  attempt: 1,
});
const progressed = (percent: number): UploaderEvent => ({ type: 'progress', upload, progress: at(percent) });

function announce(...events: UploaderEvent[]): (string | undefined)[] {
  const announcer = new Announcer();
  return events
    .map((event) => announcer.announce(event, alone, localization))
    .filter((text) => text !== undefined);
}

describe('announcements for one file', () => {
  it('include the start', () => {
    expect(announce(stateChange(ready, preparing(0)), stateChange(preparing(0), uploading(0)))).to.deep.equal(
      ['Uploading film.mp4.'],
    );
  });

  it('include each quarter once', () => {
    const quarters = announce(
      stateChange(ready, preparing(0)),
      ...[10, 25, 26, 49, 50, 51, 74, 76, 99].map(progressed),
    );
    expect(quarters.slice(1)).to.deep.equal(['25% uploaded.', '50% uploaded.', '75% uploaded.']);
  });

  it('include only the last quarter if several pass at the same time', () => {
    expect(announce(progressed(10), progressed(80))).to.deep.equal(['75% uploaded.']);
  });

  it('include where the upload resumes, without earlier quarters', () => {
    const paused: UploadState = { status: 'paused', progress: at(60), queued: false };
    expect(announce(stateChange(paused, preparing(60)), progressed(61), progressed(75))).to.deep.equal([
      'Resumed at 60%.',
      '75% uploaded.',
    ]);
  });

  it('include pause, completion and success', () => {
    const completing: UploadState = { status: 'completing', progress: at(100) };
    const result = { bucket: 'b', key: 'film.mp4', etag: '', url: '', verified: true };
    const announcements = announce(
      stateChange(uploading(42), { status: 'paused', progress: at(42), queued: false }),
      stateChange(uploading(99), completing),
      stateChange(completing, { status: 'succeeded', progress: at(100), result }),
    );
    expect(announcements).to.deep.equal(['Paused at 42%', 'Finishing…', 'film.mp4 is uploaded.']);
  });

  it('include the reason for a retry, without a countdown', () => {
    const error = { message: 'The storage is busy.' } as never;
    const waiting: UploadState = {
      status: 'waiting',
      during: 'uploading',
      reason: 'retry',
      until: 0,
      error,
      progress: at(1),
    };
    expect(announce(stateChange(uploading(1), waiting))).to.deep.equal(['The storage is busy. Retrying.']);
  });

  it('include that the upload continues once a part is stored, so that the next loss is announced', () => {
    const retrying: UploadState = { ...offline(30), reason: 'retry' } as UploadState;
    expect(
      announce(
        stateChange(uploading(30), offline(30)),
        stateChange(offline(30), uploading(30)),
        stored(31),
        stateChange(uploading(31), retrying),
      ),
    ).to.deep.equal(['You’re offline. The upload resumes automatically.', 'Resumed at 31%.', ' Retrying.']);
  });

  it('include only the first of several waits while nothing is stored', () => {
    const retrying: UploadState = { ...offline(30), reason: 'retry' } as UploadState;
    const flicker = [offline(30), retrying].flatMap((waiting) => [
      stateChange(uploading(30), waiting),
      stateChange(waiting, waiting),
      stateChange(waiting, uploading(30)),
    ]);
    expect(announce(...flicker, ...flicker)).to.deep.equal([
      'You’re offline. The upload resumes automatically.',
    ]);
  });

  it('include a wait again after the user has resumed the upload', () => {
    const paused: UploadState = { status: 'paused', progress: at(30), queued: false };
    expect(
      announce(
        stateChange(uploading(30), offline(30)),
        stateChange(offline(30), paused),
        stateChange(paused, preparing(30)),
        stateChange(preparing(30), offline(30)),
      ),
    ).to.deep.equal([
      'You’re offline. The upload resumes automatically.',
      'Paused at 30%',
      'Resumed at 30%.',
      'You’re offline. The upload resumes automatically.',
    ]);
  });

  it('contain no characters that change the writing direction', () => {
    const spoofed = { fileName: 'invoice\u202efdp.exe' } as unknown as Upload;
    const text = new Announcer().announce(
      { type: 'state', upload: spoofed, from: ready, to: preparing(0) },
      alone,
      localization,
    );
    expect(text).to.equal('Uploading invoicefdp.exe.');
  });

  it('include no percentage while nothing has been uploaded', () => {
    const paused: UploadState = { status: 'paused', progress: at(0), queued: false };
    expect(announce(stateChange(paused, preparing(0)))).to.deep.equal(['Uploading film.mp4.']);
  });

  it('include the cancellation', () => {
    expect(announce(stateChange(uploading(1), { status: 'cancelled', progress: at(1) }))).to.deep.equal([
      'Upload of film.mp4 cancelled.',
    ]);
  });
});

describe('announcements for several files', () => {
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

  function announceAll(...events: [UploaderEvent, UploadSummary][]): string[] {
    const announcer = new Announcer();
    return events.flatMap(([event, summary]) => announcer.announce(event, summary, localization) ?? []);
  }

  it('include one start for all', () => {
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(preparing(0), uploading(0)), of({}, 0)],
      ),
    ).to.deep.equal(['Uploading 2 files.']);
  });

  it('include each quarter of the total once', () => {
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [progressed(60), of({}, 30)],
        [progressed(90), of({}, 40)],
      ).slice(1),
    ).to.deep.equal(['25% uploaded.']);
  });

  it('include the end with the number of failures', () => {
    const end = of({ active: 0, queued: 0, succeeded: 1, failed: 1 }, 60);
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(uploading(50), failed), end],
      ).at(-1),
    ).to.equal('1 of 2 uploaded. 1 failed.');
  });

  it('include which file has failed while others continue', () => {
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(uploading(50), failed), of({ failed: 1 }, 20)],
      )
        .map((text) => text.replace(/[\u2068\u2069]/g, ''))
        .at(-1),
    ).to.equal('film.mp4: Not allowed.');
  });

  it('include only once that all wait for the network', () => {
    const waiting = of({ waiting: 1, waitingForNetwork: 1 }, 10);
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(uploading(10), uploading(10)), waiting],
        [stateChange(uploading(10), uploading(10)), waiting],
      ).slice(1),
    ).to.deep.equal(['You’re offline. The upload resumes automatically.']);
  });

  it('include once that they continue, when a part is stored', () => {
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(uploading(10), offline(10)), of({ waiting: 1, waitingForNetwork: 1 }, 10)],
        [stateChange(ready, preparing(0)), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 10)],
        [stateChange(preparing(0), offline(10)), of({ active: 2, waiting: 2, waitingForNetwork: 2 }, 10)],
        [stateChange(offline(10), uploading(10)), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 10)],
        [stateChange(uploading(10), offline(10)), of({ active: 2, waiting: 2, waitingForNetwork: 2 }, 10)],
        [stateChange(offline(10), uploading(10)), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 10)],
        [stored(12), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 12)],
        [stored(14), of({ active: 2, waiting: 1, waitingForNetwork: 1 }, 14)],
      ).slice(1),
    ).to.deep.equal(['You’re offline. The upload resumes automatically.', 'Resumed at 12%.']);
  });

  it('include where they were paused', () => {
    const paused = of({ active: 0, queued: 0, paused: 2 }, 40);
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(uploading(40), { status: 'paused', progress: at(40), queued: false }), paused],
      ).at(-1),
    ).to.equal('Paused at 40%');
  });

  it('include a failure although others are paused', () => {
    const end = of({ active: 0, queued: 0, paused: 1, failed: 1 }, 40);
    expect(
      announceAll(
        [stateChange(ready, preparing(0)), of({}, 0)],
        [stateChange(uploading(50), failed), end],
      ).at(-1),
    ).to.equal('0 of 2 uploaded. 1 failed.');
  });

  it('include a start, not a resumption, if only other files are uploaded', () => {
    const start = of({ count: 3, succeeded: 1, bytesAtStake: 0 }, 99);
    expect(announceAll([stateChange(ready, preparing(0)), start])).to.deep.equal(['Uploading 2 files.']);
  });

  it('include the name of the file if only one is started', () => {
    const start = of({ ready: 1, queued: 0 }, 0);
    expect(announceAll([stateChange(ready, preparing(0)), start])).to.deep.equal(['Uploading film.mp4.']);
  });
});
