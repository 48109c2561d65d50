import { expect } from '@open-wc/testing';
import { PartLimiter, type PartSlot } from '../../src/core/transfer/part-limiter.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const SIZE = 1_000_000;
const { signal } = new AbortController();

/** Requests slots, and returns those that are granted so far, as a live array. */
function request(limiter: PartLimiter, count: number, capacity = 5): PartSlot[] {
  const granted: PartSlot[] = [];
  for (let i = 0; i < count; i++)
    void limiter.acquire(SIZE, capacity, signal).then((slot) => granted.push(slot));
  return granted;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('PartLimiter', () => {
  let env: VirtualEnvironment;
  let limiter: PartLimiter;
  beforeEach(() => {
    env = new VirtualEnvironment();
    limiter = new PartLimiter(env);
  });

  it('grants as many slots as the capacity allows', async () => {
    const slots = request(limiter, 8);
    await settled();
    expect(slots).to.have.length(5);
  });

  it('grants the next slot when one is released', async () => {
    const slots = request(limiter, 6);
    await settled();
    slots[0]!.release();
    await settled();
    expect(slots).to.have.length(6);
  });

  it('rejects a waiting request whose signal is aborted', async () => {
    request(limiter, 5);
    const controller = new AbortController();
    const waiting = limiter.acquire(SIZE, 5, controller.signal);
    controller.abort(new Error('stopped'));
    const error = await waiting.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'stopped');
  });

  it('passes the slot of an aborted request to the next one', async () => {
    const slots = request(limiter, 5);
    const controller = new AbortController();
    limiter.acquire(SIZE, 5, controller.signal).catch(() => {});
    const next = request(limiter, 1);
    controller.abort();
    await settled();
    slots[0]!.release();
    await settled();
    expect(next).to.have.length(1);
  });

  it('halves the limit when several responses are late', async () => {
    const slots = request(limiter, 10);
    await settled();
    for (const slot of slots) slot.late();
    for (const slot of slots.slice(0, 5)) slot.release();
    await settled();
    expect(slots).to.have.length(5 + 2);
  });

  it('keeps the limit when one of several responses is late', async () => {
    const slots = request(limiter, 10);
    await settled();
    slots[0]!.late();
    slots[0]!.late();
    for (const slot of slots.slice(0, 5)) slot.release();
    await settled();
    expect(slots).to.have.length(10);
  });

  it('never falls below one part', async () => {
    for (let round = 0; round < 5; round++) {
      const slots = request(limiter, 5);
      await settled();
      slots[0]!.late();
      slots[1]?.late();
      while (slots.length > 0) {
        slots.shift()!.release();
        await settled();
      }
    }
    const slots = request(limiter, 1);
    await settled();
    expect(slots).to.have.length(1);
  });

  it('raises the limit again while parts are acknowledged', async () => {
    const slots = request(limiter, 5);
    await settled();
    for (const slot of slots) slot.late();
    for (const slot of slots) slot.release();
    for (let count = 0; count < 30; count++) {
      const slot = await limiter.acquire(SIZE, 5, signal);
      slot.acknowledged();
      slot.release();
    }
    const later = request(limiter, 6);
    await settled();
    expect(later).to.have.length(5);
  });

  it('allows a slow response time before any part has been acknowledged', async () => {
    request(limiter, 5);
    await settled();
    expect(limiter.responseTime).to.equal(((5 * SIZE) / 16_384) * 1_000);
  });

  /** Sends a part, which OSS acknowledges after some milliseconds. */
  const sendPart = async (milliseconds: number): Promise<void> => {
    const slot = await limiter.acquire(SIZE, 5, signal);
    env.time += milliseconds;
    slot.acknowledged();
    slot.release();
  };

  it('derives the response time from the throughput and the bytes in flight', async () => {
    await sendPart(10_000);
    await limiter.acquire(SIZE, 5, signal);
    expect(limiter.responseTime).to.be.closeTo(40_000, 100);
  });

  it('doesn’t count idle time towards the throughput', async () => {
    await sendPart(10_000);
    env.time += 60_000;
    await limiter.acquire(SIZE, 5, signal);
    expect(limiter.responseTime).to.be.closeTo(40_000, 100);
  });

  it('doesn’t count the time of a dead connection towards the throughput', async () => {
    const dead = await limiter.acquire(SIZE, 5, signal);
    env.time += 60_000;
    dead.late();
    dead.release();
    await sendPart(1_000);
    await limiter.acquire(SIZE, 5, signal);
    expect(limiter.responseTime).to.be.closeTo(4_000, 100);
  });

  it('counts the time of parts that are in flight together once', async () => {
    const slots = request(limiter, 2);
    await settled();
    env.time += 10_000;
    for (const slot of slots) slot.acknowledged();
    for (const slot of slots) slot.release();
    await limiter.acquire(SIZE, 5, signal);
    expect(limiter.responseTime).to.be.closeTo(20_000, 100);
  });
});
