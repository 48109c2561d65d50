import { expect } from '@open-wc/testing';
import { Crc64 } from '../../src/core/crc64.js';
import { PartTracker } from '../../src/core/transfer/part-tracker.js';
import { planParts, type PartRange } from '../../src/core/transfer/part-plan.js';
import { fc } from '../support/properties.js';

const PART = 10;

type Operation = (tracker: PartTracker) => void;

const anyFileSize = fc.nat(120);
const anyEtag = () => fc.constantFrom('"A"', 'a', '"B"');
const anyRatio = () => fc.double({ min: 0, max: 1, noNaN: true });

/** Generates an operation on one part. */
function anyOperationOn({ number, start, end }: PartRange): fc.Arbitrary<Operation> {
  const size = end - start;
  return fc.oneof(
    anyRatio().map(
      (ratio): Operation =>
        (tracker) =>
          tracker.partInFlight(number, Math.floor(ratio * size)),
    ),
    anyEtag().map(
      (tag): Operation =>
        (tracker) =>
          tracker.partDone({ number, etag: tag }),
    ),
    fc.constant<Operation>((tracker) => tracker.discardInFlight(number)),
    fc.constant<Operation>((tracker) => tracker.setChecksum(number, 1n)),
  );
}

/** Generates a ListParts result: any parts, of any size, possibly more than once. */
function anyListing(fileSize: number): fc.Arbitrary<Operation> {
  const size = fc.oneof(fc.constant(PART), fc.constant(fileSize % PART), fc.nat(20));
  const crc64 = fc.constantFrom(undefined, '1', '2');
  const part = fc.record({ number: fc.integer({ min: -1, max: 15 }), etag: anyEtag(), size, crc64 });
  return fc.array(part).map(
    (parts): Operation =>
      (tracker) =>
        tracker.reconcile(parts),
  );
}

const anyHistory = anyFileSize.chain((fileSize) => {
  const operations = planParts(fileSize, PART).map(anyOperationOn);
  return fc.tuple(
    fc.constant(fileSize),
    fc.array(fc.oneof({ weight: 4, arbitrary: fc.oneof(...operations) }, anyListing(fileSize)), {
      size: '+1',
    }),
  );
});

/** Asserts an invariant. @param check runs after each operation */
function always(check: (tracker: PartTracker, fileSize: number) => void): void {
  const property = fc.property(anyHistory, ([fileSize, operations]) => {
    const tracker = new PartTracker(fileSize, PART);
    for (const operation of operations) {
      operation(tracker);
      check(tracker, fileSize);
    }
  });
  fc.assert(property);
}

describe('PartTracker, after any sequence of operations', () => {
  it('lists each part as either done or missing', () => {
    always((tracker, fileSize) => {
      const numbers = [...tracker.doneParts, ...tracker.missingParts].map(({ number }) => number);
      const all = planParts(fileSize, PART).map(({ number }) => number);
      expect(numbers.sort((a, b) => a - b)).to.deep.equal(all);
    });
  });

  it('counts the bytes of the done parts', () => {
    always((tracker, fileSize) => {
      const missing = tracker.missingParts.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(tracker.doneBytes).to.equal(fileSize - missing);
    });
  });

  it('reports at least the done bytes and at most the file size as loaded', () => {
    always((tracker, fileSize) => expect(tracker.loaded).to.be.within(tracker.doneBytes, fileSize));
  });

  it('computes the checksum of the file once all parts are done, in any order', () => {
    const completions = fc.uint8Array({ maxLength: 120 }).chain((bytes) =>
      fc.tuple(
        fc.constant(bytes),
        fc.shuffledSubarray(planParts(bytes.length, PART), {
          minLength: Math.max(1, Math.ceil(bytes.length / PART)),
        }),
      ),
    );
    fc.assert(
      fc.property(completions, ([bytes, parts]) => {
        const tracker = new PartTracker(bytes.length, PART);
        for (const { number, start, end } of parts) {
          tracker.partDone({
            number,
            etag: '"A"',
            crc64: new Crc64().update(bytes.subarray(start, end)).value,
          });
        }
        expect(tracker.crc64).to.equal(new Crc64().update(bytes).value);
      }),
    );
  });

  it('treats a listed part as undamaged once the file has the same checksum', () => {
    const tracker = new PartTracker(2 * PART, PART);
    tracker.reconcile([1, 2].map((number) => ({ number, etag: 'a', size: PART, crc64: '1' })));
    tracker.setChecksum(1, 1n);
    expect(tracker.knownChecksums.map(({ isOnlyListed }) => isOnlyListed)).to.deep.equal([false, true]);
  });

  it('has no checksum of the file while a part is missing', () => {
    always((tracker) => {
      if (tracker.missingParts.length > 0) expect(tracker.crc64).to.equal(undefined);
    });
  });
});
