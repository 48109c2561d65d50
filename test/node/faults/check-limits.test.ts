import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RequestEntry } from '../../../dev/oss-emulator/request-log.js';
import { checkStorageDelay, checkTraffic } from '../../faults/check-limits.js';
import { makeSchedule } from '../../faults/make-schedule.js';
import { PART_SIZE, type Schedule } from '../../faults/schedule.js';
import type { SentRequest, VisitReport } from '../../faults/task.js';

const size = 4 * PART_SIZE;

function schedule(changes: Partial<Schedule> = {}): Schedule {
  const plain = {
    size,
    parallel: 2,
    visits: [[]],
    lostParts: [],
    companions: undefined,
    storageFault: undefined,
  };
  return { ...makeSchedule(1), ...plain, ...changes };
}

function received(bytesReceived: number, changes: Partial<RequestEntry> = {}): RequestEntry {
  return {
    ...{ id: '1', sequence: 1, operation: 'UploadPart', method: 'PUT', signatureVersion: 'v4' },
    ...{ startedAt: 0, bytesReceived, ...changes },
  };
}

function sent(at: number, endedAt: number): SentRequest {
  return {
    operation: 'UploadPart',
    key: 'film.mp4',
    at,
    endedAt,
    bodySent: true,
    status: 200,
    aborted: false,
  };
}

function visit(changes: Partial<VisitReport> = {}): VisitReport {
  return {
    ...{ seed: 1, visit: 0, begunAt: 0, endedAt: 10_000, startedAt: [0], acknowledged: [], sent: [] },
    ...{ retries: 0, pauses: 0, removals: 0, ...changes },
  };
}

describe('checkTraffic', () => {
  const check = (bytes: number, changes: Partial<Parameters<typeof checkTraffic>[0]> = {}) =>
    checkTraffic({
      schedule: schedule(),
      visits: [visit()],
      requests: [received(bytes)],
      proxyBytes: 0,
      ...changes,
    });
  /** Two parts in flight at the start and for the only visit, and three times the file. */
  const limit = 3 * size + 4 * PART_SIZE;

  it('allows three times the size of the file, and the parts in flight', () => {
    assert.deepEqual(check(limit), []);
  });

  it('reports more bytes', () => {
    assert.match(check(limit + 1).join(), /the server received \d+ bytes/);
  });

  it('reports bytes that reached only the proxy', () => {
    assert.match(check(0, { proxyBytes: limit + 1 }).join(), /the proxy received/);
  });

  it('allows one more part for each fault', () => {
    const requests = [received(limit), received(PART_SIZE, { fault: 'lost-response' })];
    assert.deepEqual(check(0, { requests }), []);
  });

  it('allows one more file after the server has forgotten the upload', () => {
    const requests = [received(limit + size), received(PART_SIZE, { fault: 'abort-upload' })];
    assert.deepEqual(check(0, { requests }), []);
  });

  it('allows as much for each file of the page', () => {
    const companions = { file: 'other', count: 1 } as const;
    assert.deepEqual(check(2 * limit, { schedule: schedule({ companions }) }), []);
  });
});

describe('checkStorageDelay', () => {
  it('ignores visits whose storage answers', () => {
    assert.deepEqual(checkStorageDelay([visit()]), []);
  });

  it('reports a visit with silent storage that waits for it', () => {
    const requests = [sent(6_000, 7_000), sent(7_000, 10_000)];
    assert.match(checkStorageDelay([visit({ silentAt: 0, sent: requests })]).join(), /visit 0 .* 6000 ms/);
  });

  it('adds up several waits, and counts parallel requests once', () => {
    const requests = [sent(2_000, 6_000), sent(2_000, 4_000), sent(9_000, 10_000)];
    assert.match(checkStorageDelay([visit({ silentAt: 0, sent: requests })]).join(), /5000 ms/);
  });

  it('allows a visit whose requests take most of the time', () => {
    assert.deepEqual(checkStorageDelay([visit({ silentAt: 0, sent: [sent(2_000, 9_000)] })]), []);
  });
});
