import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { median, shuffle, spreadOf } from '../../../../scripts/bench/statistics.js';
import { seededRandom } from '../../../support/seeded-random.js';

describe('median', () => {
  it('returns the middle of an odd number of values', () => {
    assert.equal(median([9, 1, 5]), 5);
  });

  it('returns the mean of the two middle values of an even number', () => {
    assert.equal(median([10, 1, 4, 2]), 3);
  });

  it('compares numbers, not texts', () => {
    assert.equal(median([100, 20, 3]), 20);
  });

  it('rejects an empty list', () => {
    assert.throws(() => median([]), RangeError);
  });
});

describe('shuffle', () => {
  it('keeps all items and leaves the list unchanged', () => {
    const items = ['a', 'b', 'c', 'd', 'e'];
    assert.deepEqual([...shuffle(items, seededRandom(1))].sort(), items);
    assert.deepEqual(items, ['a', 'b', 'c', 'd', 'e']);
  });

  it('repeats the order of a seed', () => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    assert.deepEqual(shuffle(items, seededRandom(7)), shuffle(items, seededRandom(7)));
    assert.notDeepEqual(shuffle(items, seededRandom(7)), shuffle(items, seededRandom(8)));
  });

  it('puts each item first about equally often', () => {
    const random = seededRandom(3);
    const counts = { a: 0, b: 0, c: 0 };
    for (let round = 0; round < 3_000; round += 1) counts[shuffle(['a', 'b', 'c'] as const, random)[0]!] += 1;
    for (const count of Object.values(counts)) assert.ok(count > 900 && count < 1_100, String(count));
  });
});

describe('spreadOf', () => {
  it('returns median and range', () => {
    assert.deepEqual(spreadOf([4, 2, 9]), { median: 4, min: 2, max: 9 });
  });

  it('ignores rounds without a value', () => {
    assert.deepEqual(spreadOf([undefined, 3]), { median: 3, min: 3, max: 3 });
  });

  it('returns nothing if no round has a value', () => {
    assert.equal(spreadOf([undefined]), undefined);
  });
});
