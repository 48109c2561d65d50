import { expect } from '@open-wc/testing';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import { judge, type Evidence, type Judgement } from './check-invariants.js';
import type { SentRequest, VisitReport } from './task.js';

const uploadId = 'U';
let sequence = 0;

/** A part that was stored between `at` and `at + 5`. */
function entry(partNumber: number, at: number, changes: Partial<RequestEntry> = {}): RequestEntry {
  sequence += 1;
  return {
    ...{ id: String(sequence), sequence, operation: 'UploadPart', method: 'PUT', signatureVersion: 'v4' },
    ...{ partNumber, uploadId, startedAt: at, endedAt: at + 5, bytesReceived: 1, status: 200 },
    ...changes,
  };
}

function sent(partNumber: number, at: number, changes: Partial<SentRequest> = {}): SentRequest {
  const answered = { allSent: true, status: 200, endedAt: at + 6, aborted: false };
  return { operation: 'UploadPart', partNumber, uploadId, at, ...answered, ...changes };
}

const heard = (number: number, at: number) => ({ number, uploadId, at });

function visit(changes: Partial<VisitReport>): VisitReport {
  return { seed: 1, visit: 0, beganAt: [0], heard: [], sent: [], retries: 0, pauses: 0, ...changes };
}

function judged(evidence: Partial<Evidence>): Judgement {
  return judge({ requests: [], visits: [], losses: [], listingDenied: false, ...evidence });
}

describe('the judge of schedules', () => {
  const twice = [entry(1, 10), entry(1, 30)];
  const sentTwice = [sent(1, 9), sent(1, 29)];

  it('finds a part sent again whose answer had reached the page', () => {
    const visits = [visit({ heard: [heard(1, 20)], sent: sentTwice })];
    expect(judged({ requests: twice, visits }).sentAgain).to.have.length(1);
  });

  it('finds a part sent again that OSS had when the page went on', () => {
    const visits = [visit({ beganAt: [0, 25], sent: sentTwice })];
    expect(judged({ requests: twice, visits }).sentAgain).to.have.length(1);
  });

  it('finds a part sent again under another upload id', () => {
    const requests = [entry(1, 10), entry(1, 30, { uploadId: 'V' })];
    const visits = [visit({ heard: [heard(1, 20)], sent: [sent(1, 9), sent(1, 29, { uploadId: 'V' })] })];
    expect(judged({ requests, visits }).sentAgain).to.have.length(1);
  });

  it('finds a part sent again that OSS had stored before its answer was lost', () => {
    const lost = { status: undefined, fault: 'lost-response', faultedAt: 15, disconnected: true } as const;
    const visits = [visit({ beganAt: [0, 25], sent: sentTwice })];
    expect(judged({ requests: [entry(1, 10, lost), entry(1, 30)], visits }).sentAgain).to.have.length(1);
  });

  it('takes what only the browser repeats for no fault of the page', () => {
    const visits = [visit({ heard: [heard(1, 20)], sent: [sent(1, 9)] })];
    const { sentAgain, repeatedByBrowser } = judged({ requests: twice, visits });
    expect([sentAgain, repeatedByBrowser]).to.deep.equal([[], 1]);
  });

  it('lets a part be sent again that was not known to have arrived', () => {
    const visits = [visit({ heard: [heard(1, 40)], sent: sentTwice })];
    expect(judged({ requests: twice, visits }).sentAgain).to.deep.equal([]);
  });

  it('lets a part be sent again that the server lost', () => {
    const visits = [visit({ heard: [heard(1, 20)], sent: sentTwice })];
    const losses = [{ uploadId, partNumber: 1, at: 22 }];
    expect(judged({ requests: twice, visits, losses }).sentAgain).to.deep.equal([]);
  });

  it('lets all be sent again whose upload vanished', () => {
    const vanished = entry(2, 21, {
      fault: 'abort-upload',
      faultedAt: 22,
      status: 404,
      code: 'NoSuchUpload',
    });
    const visits = [visit({ heard: [heard(1, 20)], sent: sentTwice })];
    expect(judged({ requests: [...twice, vanished], visits }).sentAgain).to.deep.equal([]);
  });

  it('lets a part be sent again that was damaged on its way', () => {
    const damaged = entry(1, 10, { fault: 'corrupt', faultedAt: 11 });
    const visits = [visit({ beganAt: [0, 25], sent: sentTwice })];
    expect(judged({ requests: [damaged, entry(1, 30)], visits }).sentAgain).to.deep.equal([]);
  });

  it('finds a part sent anew without confirming after its answer was lost', () => {
    const visits = [visit({ sent: [sent(1, 9, { status: 0 }), sent(1, 29)] })];
    expect(judged({ visits }).notAskedFor).to.have.length(1);
  });

  it('is content where OSS was asked in between', () => {
    const asked = sent(1, 20, { operation: 'ListParts', partNumber: undefined });
    const visits = [visit({ sent: [sent(1, 9, { status: 0 }), asked, sent(1, 29)] })];
    expect(judged({ visits }).notAskedFor).to.deep.equal([]);
  });

  it('wants nothing asked where listing is not allowed', () => {
    const visits = [visit({ sent: [sent(1, 9, { status: 0 }), sent(1, 29)] })];
    expect(judged({ visits, listingDenied: true }).notAskedFor).to.deep.equal([]);
  });

  it('holds a page that left to what it had time to write down where listing is not allowed', () => {
    const again = (beganAt: number) => {
      const requests = [entry(1, 10), entry(1, beganAt + 5)];
      const sendings = [sent(1, 9), sent(1, beganAt + 4)];
      const visits = [
        visit({ heard: [heard(1, 20)], sent: sendings }),
        visit({ visit: 1, beganAt: [beganAt] }),
      ];
      return judged({ requests, visits, listingDenied: true }).sentAgain.length;
    };
    expect([again(100), again(2_000)]).to.deep.equal([0, 1]);
  });
});
