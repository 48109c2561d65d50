import { expect } from '@open-wc/testing';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import { checkInvariants, type InvariantReport, type RunLog } from './check-invariants.js';
import type { SentRequest, VisitReport } from './task.js';

const key = 'film.mp4';
const uploadId = 'U';
let sequence = 0;

/** Creates the log entry of a part that was uploaded between `at` and `at + 5`. */
function entry(partNumber: number, at: number, changes: Partial<RequestEntry> = {}): RequestEntry {
  sequence += 1;
  return {
    ...{ id: String(sequence), sequence, operation: 'UploadPart', method: 'PUT', signatureVersion: 'v4' },
    ...{ partNumber, uploadId, startedAt: at, endedAt: at + 5, bytesReceived: 1, status: 200 },
    ...changes,
  };
}

function sent(partNumber: number, at: number, changes: Partial<SentRequest> = {}): SentRequest {
  const completed = { bodySent: true, status: 200, endedAt: at + 6, aborted: false };
  return { operation: 'UploadPart', key, partNumber, uploadId, at, ...completed, ...changes };
}

const acknowledged = (number: number, at: number) => ({ number, uploadId, at });

function visit(changes: Partial<VisitReport>): VisitReport {
  const [begunAt = 0] = changes.startedAt ?? [];
  return {
    ...{ seed: 1, visit: 0, begunAt, endedAt: Infinity, startedAt: [0], acknowledged: [], sent: [] },
    ...{ retries: 0, pauses: 0, removals: 0, ...changes },
  };
}

function check(log: Partial<RunLog>): InvariantReport {
  const none = { requests: [], visits: [], losses: [] };
  const options = { listingDenied: false, isShared: false, hasCallback: false, overwrite: false };
  return checkInvariants({ key, ...none, ...options, ...log });
}

describe('checkInvariants', () => {
  const twice = [entry(1, 10), entry(1, 30)];
  const sentTwice = [sent(1, 9), sent(1, 29)];

  it('reports a part sent again after the page received its response', () => {
    const visits = [visit({ acknowledged: [acknowledged(1, 20)], sent: sentTwice })];
    expect(check({ requests: twice, visits }).resentParts).to.have.length(1);
  });

  it('reports a part sent again that OSS had stored before the upload resumed', () => {
    const visits = [visit({ startedAt: [0, 25], sent: sentTwice })];
    expect(check({ requests: twice, visits }).resentParts).to.have.length(1);
  });

  it('reports a part sent again under a different upload ID', () => {
    const requests = [entry(1, 10), entry(1, 30, { uploadId: 'V' })];
    const visits = [
      visit({ acknowledged: [acknowledged(1, 20)], sent: [sent(1, 9), sent(1, 29, { uploadId: 'V' })] }),
    ];
    expect(check({ requests, visits }).resentParts).to.have.length(1);
  });

  it('reports a part sent again that OSS had stored before its response was lost', () => {
    const lostResponse = { status: undefined, fault: 'lost-response', faultedAt: 15, broken: true } as const;
    const visits = [visit({ startedAt: [0, 25], sent: sentTwice })];
    expect(
      check({ requests: [entry(1, 10, lostResponse), entry(1, 30)], visits }).resentParts,
    ).to.have.length(1);
  });

  it('counts a part that only the browser sent again separately', () => {
    const visits = [visit({ acknowledged: [acknowledged(1, 20)], sent: [sent(1, 9)] })];
    const { resentParts, resentByBrowser } = check({ requests: twice, visits });
    expect([resentParts, resentByBrowser]).to.deep.equal([[], 1]);
  });

  it('allows resending a part that was not acknowledged yet', () => {
    const visits = [visit({ acknowledged: [acknowledged(1, 40)], sent: sentTwice })];
    expect(check({ requests: twice, visits }).resentParts).to.deep.equal([]);
  });

  it('allows resending a part that the server lost', () => {
    const visits = [visit({ acknowledged: [acknowledged(1, 20)], sent: sentTwice })];
    const losses = [{ uploadId, partNumber: 1, at: 22 }];
    expect(check({ requests: twice, visits, losses }).resentParts).to.deep.equal([]);
  });

  it('allows resending all parts of an upload that vanished', () => {
    const vanished = entry(2, 21, {
      fault: 'abort-upload',
      faultedAt: 22,
      status: 404,
      code: 'NoSuchUpload',
    });
    const visits = [visit({ acknowledged: [acknowledged(1, 20)], sent: sentTwice })];
    expect(check({ requests: [...twice, vanished], visits }).resentParts).to.deep.equal([]);
  });

  it('allows resending a part that was corrupted in transit', () => {
    const damaged = entry(1, 10, { fault: 'corrupt', faultedAt: 11 });
    const visits = [visit({ startedAt: [0, 25], sent: sentTwice })];
    expect(check({ requests: [damaged, entry(1, 30)], visits }).resentParts).to.deep.equal([]);
  });

  it('reports a part sent again after a lost response without a ListParts', () => {
    const visits = [visit({ sent: [sent(1, 9, { status: 0 }), sent(1, 29)] })];
    expect(check({ visits }).unconfirmedResends).to.have.length(1);
  });

  it('allows resending a part after a ListParts', () => {
    const listing = sent(1, 20, { operation: 'ListParts', partNumber: undefined });
    const visits = [visit({ sent: [sent(1, 9, { status: 0 }), listing, sent(1, 29)] })];
    expect(check({ visits }).unconfirmedResends).to.deep.equal([]);
  });

  it('requires no ListParts if the credentials deny it', () => {
    const visits = [visit({ sent: [sent(1, 9, { status: 0 }), sent(1, 29)] })];
    expect(check({ visits, listingDenied: true }).unconfirmedResends).to.deep.equal([]);
  });

  it('without ListParts, reports only parts that a reloaded page had time to save', () => {
    const countResent = (nextVisitAt: number) => {
      const requests = [entry(1, 10), entry(1, nextVisitAt + 5)];
      const resends = [sent(1, 9), sent(1, nextVisitAt + 4)];
      const visits = [
        visit({ acknowledged: [acknowledged(1, 20)], sent: resends }),
        visit({ visit: 1, startedAt: [nextVisitAt] }),
      ];
      return check({ requests, visits, listingDenied: true }).resentParts.length;
    };
    expect([countResent(100), countResent(2_000)]).to.deep.equal([0, 1]);
  });

  describe('with silent storage', () => {
    const resends = [entry(1, 10), entry(1, 130)];
    /** Two visits that send the same part, the second one with another upload ID. */
    const visitTwice = (first: Partial<VisitReport>, second: Partial<VisitReport> = {}) => [
      visit({ acknowledged: [acknowledged(1, 20)], sent: [sent(1, 9)], ...first }),
      visit({
        ...{ visit: 1, begunAt: 100, startedAt: [110] },
        ...{ sent: [sent(1, 129, { uploadId: 'V' })], ...second },
      }),
    ];
    const countResent = (visits: VisitReport[]) => check({ requests: resends, visits }).resentParts.length;

    it('allows resending a part in a visit after one that could not save the upload', () => {
      expect(countResent(visitTwice({ silentAt: 5 }))).to.equal(0);
    });

    it('reports a part sent again in a visit after one that saved the upload before', () => {
      expect(countResent(visitTwice({ silentAt: 15 }))).to.equal(1);
    });

    it('allows resending a part in a visit that could not read the saved upload', () => {
      expect(countResent(visitTwice({}, { silentAt: 105 }))).to.equal(0);
    });

    it('reports a part sent again in a visit that had read the saved upload before', () => {
      expect(countResent(visitTwice({}, { silentAt: 140 }))).to.equal(1);
    });

    it('reports a part sent again under the upload ID that the visit knows', () => {
      const resend = sent(1, 129);
      expect(countResent(visitTwice({ silentAt: 5 }, { sent: [resend] }))).to.equal(1);
    });

    it('reports a part sent again within the visit', () => {
      const visits = [visit({ silentAt: 0, acknowledged: [acknowledged(1, 20)], sent: sentTwice })];
      expect(check({ requests: twice, visits }).resentParts).to.have.length(1);
    });

    it('without ListParts, allows resending a part that was acknowledged too late to be saved', () => {
      const visits = visitTwice({ silentAt: 15 });
      expect(check({ requests: resends, visits, listingDenied: true }).resentParts).to.deep.equal([]);
    });
  });

  it('without ListParts, reports a part sent again in the visit that received its response', () => {
    const visits = [visit({ acknowledged: [acknowledged(1, 20)], sent: sentTwice })];
    expect(check({ requests: twice, visits, listingDenied: true }).resentParts).to.have.length(1);
  });

  it('ignores what pages sent to other keys', () => {
    const visits = [
      visit({ acknowledged: [acknowledged(1, 20)], sent: [sent(1, 9), sent(1, 29, { key: 'other.mp4' })] }),
    ];
    const { resentParts, resentByBrowser } = check({ requests: twice, visits });
    expect([resentParts, resentByBrowser]).to.deep.equal([[], 1]);
  });

  it('counts only the first start of a visit if several engines upload the object', () => {
    const visits = [visit({ startedAt: [0, 25], sent: sentTwice })];
    expect(check({ requests: twice, visits, isShared: true }).resentParts).to.deep.equal([]);
  });

  it('reports a part that was in flight twice at the same time', () => {
    const visits = [visit({ sent: [sent(1, 9), sent(1, 12, { uploadId: 'V' })] })];
    expect(check({ visits }).duplicates).to.have.length(1);
  });

  it('allows sending a part again once the first request has ended', () => {
    expect(check({ visits: [visit({ sent: sentTwice })] }).duplicates).to.deep.equal([]);
  });

  describe('of single requests', () => {
    type Upload = 'PutObject' | 'PostObject';
    const stored = (operation: Upload, at: number, changes: Partial<RequestEntry> = {}) =>
      entry(0, at, { operation, partNumber: undefined, uploadId: undefined, ...changes });
    const request = (operation: SentRequest['operation'], at: number, changes: Partial<SentRequest> = {}) =>
      sent(0, at, { operation, partNumber: undefined, uploadId: undefined, ...changes });
    const countResent = (...requests: SentRequest[]) =>
      check({ visits: [visit({ sent: requests })] }).resentObjects.length;
    const unanswered = { status: 0, bodySent: false };

    it('reports an object sent again after a form succeeded', () => {
      expect(countResent(request('PostObject', 9), request('PutObject', 29))).to.equal(1);
    });

    it('reports an object sent again after a form without a response, without a HeadObject', () => {
      expect(countResent(request('PostObject', 9, unanswered), request('PutObject', 29))).to.equal(1);
    });

    it('allows sending an object again after a HeadObject', () => {
      const form = request('PostObject', 9, unanswered);
      const head = request('HeadObject', 19, { status: 404 });
      expect(countResent(form, head, request('PutObject', 29))).to.equal(0);
    });

    it('allows sending an object again after a refused HeadObject, which says nothing', () => {
      const form = request('PostObject', 9, unanswered);
      const head = request('HeadObject', 19, { status: 403 });
      expect(countResent(form, head, request('PutObject', 29))).to.equal(0);
    });

    it('requires a HeadObject with a response', () => {
      const form = request('PostObject', 9, unanswered);
      const head = request('HeadObject', 19, { status: 0 });
      expect(countResent(form, head, request('PutObject', 29))).to.equal(1);
    });

    it('allows sending an object again after a refused form', () => {
      const form = request('PostObject', 9, { status: 403 });
      expect(countResent(form, request('PutObject', 29))).to.equal(0);
    });

    it('allows sending an object again after PutObject without its whole body', () => {
      expect(countResent(request('PutObject', 9, unanswered), request('PutObject', 29))).to.equal(0);
    });

    it('allows sending an object again that was damaged in transit, or for its callback', () => {
      const visits = [visit({ sent: [request('PostObject', 9), request('PutObject', 29)] })];
      const damaged = stored('PostObject', 10, { fault: 'corrupt', faultedAt: 11 });
      expect(check({ visits, requests: [damaged] }).resentObjects).to.deep.equal([]);
      expect(check({ visits, hasCallback: true }).resentObjects).to.deep.equal([]);
    });

    it('reports an object that was stored twice without permission', () => {
      const lost = { status: undefined, fault: 'lost-response', faultedAt: 15 } as const;
      const requests = [stored('PostObject', 10, lost), stored('PutObject', 30)];
      expect(check({ requests }).resentObjects).to.have.length(1);
      expect(check({ requests, overwrite: true }).resentObjects).to.deep.equal([]);
    });

    it('allows a refusal to store an object twice', () => {
      const refused = { status: 409, code: 'FileAlreadyExists' };
      const requests = [stored('PostObject', 10), stored('PostObject', 30, refused)];
      expect(check({ requests }).resentObjects).to.deep.equal([]);
    });
  });
});
