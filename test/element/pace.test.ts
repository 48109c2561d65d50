import { expect } from '@open-wc/testing';
import { Pace } from '../../src/scheduling.js';

/** Longer than any test, in milliseconds. */
const FOREVER = 3_600_000;

describe('Pace', () => {
  it('lets the first work begin at once', async () => {
    await new Pace(FOREVER).next();
  });

  it('lets the next work begin when the interval is over', async () => {
    const pace = new Pace(100);
    await pace.next();
    const startedAt = performance.now();
    await pace.next();
    expect(performance.now() - startedAt).to.be.at.least(90);
  });

  it('ends the wait when somebody waits for the work', async () => {
    const pace = new Pace(FOREVER);
    await pace.next();
    const next = pace.next();
    pace.hurry();
    await next;
  });

  it('doesn’t wait if somebody waited before', async () => {
    const pace = new Pace(FOREVER);
    await pace.next();
    pace.hurry();
    await pace.next();
  });
});
