import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operation } from '../../../dev/oss-emulator/operation.js';
import { MAX_FORM_SIZE } from '../../../src/adapters/ali-oss/form-upload.js';
import { kinds, kindsOf } from '../../faults/draw-conditions.js';
import { makeSchedule } from '../../faults/make-schedule.js';
import { MAX_FAULTS, type ScheduledFault, type Step } from '../../faults/schedule.js';

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

  describe('with forms', () => {
    const withForms = schedules.filter(({ firstFiles }) => firstFiles > 0);
    const hits = (operation: Operation) => (fault: ScheduledFault) =>
      [fault.operation].flat().includes(operation);

    it('draws them for most files of a single request, and for no others', () => {
      const small = schedules.filter(({ size }) => size <= MAX_FORM_SIZE);
      assert.ok(withForms.every((schedule) => small.includes(schedule)));
      assert.ok(withForms.length > small.length / 2, `${withForms.length} of ${small.length}`);
    });

    it('draws faults of PostObject only with them, and faults of PutObject too', () => {
      const others = schedules.filter(({ firstFiles }) => firstFiles === 0);
      assert.ok(!others.flatMap(({ faults }) => faults).some(hits('PostObject')));
      assert.ok(withForms.flatMap(({ faults }) => faults).some(hits('PutObject')));
    });

    it('draws each kind of fault for PostObject', () => {
      const faults = withForms.flatMap(({ faults, cause }) => [
        ...faults,
        ...(cause?.kind === 'fault' ? [cause.fault] : []),
      ]);
      assert.deepEqual(
        new Set(faults.filter(hits('PostObject')).map(({ fault }) => fault.kind)),
        new Set([
          ...['status', 'reset', 'lost-response', 'delayed-response', 'slow', 'stall', 'corrupt'],
          'redirect',
        ]),
      );
    });

    it('makes PutObject fail as well if the form has to fail', () => {
      for (const { cause } of withForms) {
        if (cause?.kind === 'fault') assert.deepEqual(cause.fault.operation, ['PostObject', 'PutObject']);
      }
    });

    it('draws no more faults than an upload survives', () => {
      for (const { faults, credentials } of withForms) {
        const count = faults.reduce((sum, { times }) => sum + (times ?? 1), credentials.faults.length);
        assert.ok(count <= MAX_FAULTS, `${count}`);
      }
    });

    it('damages an object only if the page may replace it, or sees the response', () => {
      for (const { faults, overwrite, visits } of withForms) {
        const isDamaged = faults.some((fault) => hits('PostObject')(fault) && fault.fault.kind === 'corrupt');
        assert.ok(!isDamaged || overwrite || visits.flat().length === 0);
      }
    });
  });

  it('draws foreign objects of the same size only for files that can differ from them', () => {
    const sameSize = schedules.filter(({ cause }) => cause?.kind === 'object-exists' && cause.sameSize);
    assert.ok(sameSize.every(({ size, overwrite }) => size > 0 && !overwrite));
  });
});
