import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTimes } from '../../../../scripts/browser-metrics/cpu-time.js';

describe('parseTimes', () => {
  it('returns the parent, and the time of the process and its ended children', () => {
    const status = '42 (chromium) S 7 42 42 0 -1 4194560 100 200 0 0 30 4 500 60 20 0 1 0 99 1000';
    assert.deepEqual(parseTimes(status), { parent: 7, ticks: 594 });
  });

  it('accepts names with spaces and parentheses', () => {
    const status = '42 (Web Content) (1)) R 8 42 42 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 99';
    assert.deepEqual(parseTimes(status), { parent: 8, ticks: 10 });
  });
});
