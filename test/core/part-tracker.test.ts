import { expect } from '@open-wc/testing';
import { Crc64 } from '../../src/core/crc64.js';
import { PartTracker } from '../../src/core/transfer/part-tracker.js';
import { planParts, type PartRange } from '../../src/core/transfer/part-plan.js';
import { fc } from '../support/properties.js';

const PART = 10;

type Deed = (tracker: PartTracker) => void;

const anyFile = fc.nat(120);
const etag = () => fc.constantFrom('"A"', 'a', '"B"');
const share = () => fc.double({ min: 0, max: 1, noNaN: true });

/** What can happen to a part of the file. */
function deedOf({ number, start, end }: PartRange): fc.Arbitrary<Deed> {
  const size = end - start;
  return fc.oneof(
    share().map(
      (part): Deed =>
        (tracker) =>
          tracker.partInFlight(number, Math.floor(part * size)),
    ),
    etag().map(
      (tag): Deed =>
        (tracker) =>
          tracker.partDone({ number, etag: tag }),
    ),
    fc.constant<Deed>((tracker) => tracker.partLost(number)),
    fc.constant<Deed>((tracker) => tracker.partChecked(number, 1n)),
  );
}

/** A list of a server that may tell of any part, of any size, more than once. */
function listing(fileSize: number): fc.Arbitrary<Deed> {
  const size = fc.oneof(fc.constant(PART), fc.constant(fileSize % PART), fc.nat(20));
  const crc64 = fc.constantFrom(undefined, '1', '2');
  const part = fc.record({ number: fc.integer({ min: -1, max: 15 }), etag: etag(), size, crc64 });
  return fc.array(part).map(
    (parts): Deed =>
      (tracker) =>
        tracker.reconcile(parts),
  );
}

const history = anyFile.chain((fileSize) => {
  const deeds = planParts(fileSize, PART).map(deedOf);
  return fc.tuple(
    fc.constant(fileSize),
    fc.array(fc.oneof({ weight: 4, arbitrary: fc.oneof(...deeds) }, listing(fileSize)), { size: '+1' }),
  );
});

/** @param check what must be true after each step on the way */
function always(check: (tracker: PartTracker, fileSize: number) => void): void {
  const property = fc.property(history, ([fileSize, deeds]) => {
    const tracker = new PartTracker(fileSize, PART);
    for (const deed of deeds) {
      deed(tracker);
      check(tracker, fileSize);
    }
  });
  fc.assert(property);
}

describe('the account of parts, whatever happens to them', () => {
  it('has each part either as arrived or as missing', () => {
    always((tracker, fileSize) => {
      const numbers = [...tracker.doneParts, ...tracker.missingParts].map(({ number }) => number);
      const all = planParts(fileSize, PART).map(({ number }) => number);
      expect(numbers.sort((a, b) => a - b)).to.deep.equal(all);
    });
  });

  it('counts the bytes of those that have arrived', () => {
    always((tracker, fileSize) => {
      const missing = tracker.missingParts.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(tracker.doneBytes).to.equal(fileSize - missing);
    });
  });

  it('tells of no more bytes than the file has, and no fewer than have arrived', () => {
    always((tracker, fileSize) => expect(tracker.loaded).to.be.within(tracker.doneBytes, fileSize));
  });

  it('has the checksum of the file once all parts have arrived, in any order', () => {
    const arrivals = fc.uint8Array({ maxLength: 120 }).chain((bytes) =>
      fc.tuple(
        fc.constant(bytes),
        fc.shuffledSubarray(planParts(bytes.length, PART), {
          minLength: Math.max(1, Math.ceil(bytes.length / PART)),
        }),
      ),
    );
    fc.assert(
      fc.property(arrivals, ([bytes, parts]) => {
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

  it('has no checksum of the file while one is missing', () => {
    always((tracker) => {
      if (tracker.missingParts.length > 0) expect(tracker.crc64).to.equal(undefined);
    });
  });
});
