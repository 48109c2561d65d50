import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kinds, kindsOf } from '../../faults/draw-conditions.js';
import { makeSchedule } from '../../faults/make-schedule.js';
import { type Step } from '../../faults/schedule.js';

const schedules = Array.from({ length: 1_000 }, (_, index) => makeSchedule(index + 1));

describe('makeSchedule', () => {
  it('derives the same schedule from the same seed', () => {
    assert.deepEqual(makeSchedule(7), makeSchedule(7));
  });

  for (const kind of kinds) {
    it(`draws the kind ${kind} at least ten times in 1,000 schedules`, () => {
      const count = schedules.filter((schedule) => kindsOf(schedule).includes(kind)).length;
      assert.ok(count >= 10, `${count}`);
    });
  }

  it('leaves most schedules with a single kind or none', () => {
    const plain = schedules.filter((schedule) => kindsOf(schedule).length <= 1);
    assert.ok(plain.length > 700, `${plain.length}`);
  });

  it('adds no other fault to a redirect, which could store the part without it', () => {
    const redirected = schedules.filter((schedule) => kindsOf(schedule).includes('redirect'));
    for (const { faults, lostParts, cause } of redirected) {
      assert.deepEqual([faults, lostParts, cause?.code], [[], [], 'redirected']);
    }
  });

  it('keeps uploads behind a slow uplink short', () => {
    for (const { buffering, size } of schedules) {
      if (buffering) assert.ok(size / buffering.bytesPerSecond < 10);
    }
  });

  it('removes faults and steps if a callback fails', () => {
    const failing = schedules.filter(({ cause }) => cause?.kind === 'callback');
    assert.ok(failing.every(({ faults, visits }) => faults.length === 0 && visits.flat().length === 0));
  });

  it('draws steps of the element only for pages with the element', () => {
    const isElementStep = ({ type }: Step) => type === 'remove-element' || type === 'move-element';
    const others = schedules.filter(({ usesElement }) => !usesElement);
    assert.ok(others.every(({ visits }) => !visits.flat().some(isElementStep)));
  });

  it('ends every visit except the last one with its only reload', () => {
    for (const { visits } of schedules) {
      const reloads = visits.map((steps) => steps.filter(({ type }) => type === 'reload').length);
      assert.deepEqual(reloads, [...Array<number>(visits.length - 1).fill(1), 0]);
      assert.ok(visits.slice(0, -1).every((steps) => steps.at(-1)?.type === 'reload'));
    }
  });

  it('draws foreign objects of the same size only for files that can differ from them', () => {
    const sameSize = schedules.filter(({ cause }) => cause?.kind === 'object-exists' && cause.sameSize);
    assert.ok(sameSize.every(({ size, overwrite }) => size > 0 && !overwrite));
  });
});
