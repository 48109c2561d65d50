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

  it('prefers the transfer with the fewest parts in flight', async () => {
    const granted: string[] = [];
    const slots: PartSlot[] = [];
    const acquire = (name: string, count: number) => {
      const { signal } = new AbortController();
      for (let i = 0; i < count; i++) {
        void limiter.acquire(SIZE, 2, signal).then((slot) => {
          granted.push(name);
          slots.push(slot);
        });
      }
    };
    acquire('large', 3);
    acquire('other large', 2);
    acquire('small', 1);
    while (granted.length < 6) {
      await settled();
      slots.shift()?.release();
    }
    expect(granted).to.deep.equal(['large', 'large', 'other large', 'small', 'large', 'other large']);
  });

  it('serves a large transfer again although small ones follow each other', async () => {
    const { signal: large } = new AbortController();
    const first = await limiter.acquire(SIZE, 1, large);
    let isServed = false;
    void limiter.acquire(SIZE, 1, large).then(() => (isServed = true));
    const small = () => limiter.acquire(SIZE, 1, new AbortController().signal);
    const waiting = [small(), small()];
    first.release();
    (await waiting[0]!).release();
    void small();
    void small();
    (await waiting[1]!).release();
    await settled();
    expect(isServed).to.be.true;
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
  const sendPart = async (milliseconds: number, size = SIZE): Promise<void> => {
    const slot = await limiter.acquire(size, 5, signal);
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

  it('doesn’t count small files, which take a round trip, towards the throughput', async () => {
    await sendPart(100, 5);
    const first = await limiter.acquire(SIZE, 5, signal);
    expect(limiter.responseTime).to.equal((SIZE / 16_384) * 1_000);
    first.release();
    await sendPart(1_000);
    await sendPart(100, 5);
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

describe('PartLimiter with an automatic number of parts', () => {
  const PART = 4 * 2 ** 20;
  let env: VirtualEnvironment;
  let limiter: PartLimiter;
  /** Parts in flight, in the order in which they have started. */
  let inFlight: PartSlot[];

  beforeEach(() => {
    env = new VirtualEnvironment();
    limiter = new PartLimiter(env);
    inFlight = [];
  });

  const enqueue = (count: number, parallel: number | 'auto' = 'auto') => {
    for (let i = 0; i < count; i++)
      void limiter.acquire(PART, parallel, signal).then((slot) => inFlight.push(slot));
  };

  /** Lets OSS acknowledge the oldest part, and the parts that wait start. */
  const acknowledge = async () => {
    const slot = inFlight.shift()!;
    slot.acknowledged();
    slot.release();
    await settled();
  };

  /** Sends parts over a network with this bandwidth in bytes per second. Returns the parts in flight after each. */
  const send = async (count: number, bandwidth: number, roundTrip = 50): Promise<number[]> => {
    const counts: number[] = [];
    for (let i = 0; i < count; i++) {
      env.advance(roundTrip);
      await settled();
      for (const slot of inFlight) slot.sending(1);
      env.advance((PART * 1_000) / bandwidth - roundTrip);
      await settled();
      await acknowledge();
      env.advance(2 * roundTrip);
      await settled();
      counts.push(inFlight.length);
    }
    return counts;
  };

  it('starts with two', async () => {
    enqueue(10);
    await settled();
    expect(inFlight).to.have.length(2);
  });

  it('grows to six while OSS acknowledges parts fast', async () => {
    enqueue(50);
    await settled();
    const counts = await send(30, 40e6);
    expect(counts.at(-1)).to.equal(6);
  });

  /** Reports the bytes that each part in flight has sent so far, every 50 ms. */
  const report = async (bytesSoFar: (time: number) => number, duration: number) => {
    for (let time = 0; time <= duration; time += 50) {
      for (const slot of [...inFlight]) slot.sending(bytesSoFar(time));
      await settled();
      env.advance(50);
    }
  };

  it('grows before the first acknowledgement while bytes are sent fast', async () => {
    enqueue(10);
    await settled();
    await report((time) => 100_000 + time * 5_000, 700);
    expect(inFlight).to.have.length(6);
  });

  const misleading: Record<string, (time: number) => number> = {
    'while bytes are sent slowly': (time) => 100_000 + time * 500,
    'by the bytes that the operating system accepts at once': (time) => 3_000_000 + time * 100,
    'while an intermediary buffers whole parts': (time) => Math.min(PART, time * 10_000),
  };
  for (const [when, bytesSoFar] of Object.entries(misleading)) {
    it(`doesn’t grow ${when}`, async () => {
      enqueue(10);
      await settled();
      await report(bytesSoFar, 4_000);
      expect(inFlight).to.have.length(2);
    });
  }

  it('doesn’t grow by bytes that were lost', async () => {
    enqueue(20);
    await settled();
    await report((time) => time * 5_000, 700);
    for (const slot of inFlight.splice(0)) slot.release();
    await settled();
    expect(inFlight).to.have.length(2);
  });

  it('keeps two in flight on a slow and far network, and tries three now and then', async () => {
    enqueue(200);
    await settled();
    const counts = await send(100, 1e6, 300);
    expect(Math.max(...counts)).to.equal(3);
    expect(counts.filter((parts) => parts === 2).length).to.be.greaterThan(90);
  });

  it('shrinks when the network becomes slow, and grows again', async () => {
    enqueue(200);
    await settled();
    await send(30, 40e6);
    const slow = await send(20, 2e6);
    expect(Math.max(...slow.slice(-8))).to.be.at.most(3);
    const fast = await send(30, 40e6);
    expect(fast.at(-1)).to.equal(6);
  });

  describe('on a network with a limited rate', () => {
    const MiB = 2 ** 20;
    const STEP = 100;
    /** A slow network, in bytes per second. */
    const MBIT = 125_000;
    /** Bytes that are still to be sent. */
    let left: WeakMap<PartSlot, number>;
    beforeEach(() => (left = new WeakMap()));

    /**
     * Sends parts over connections that share the bandwidth. Returns how many were in flight when each was acknowledged.
     *
     * @param limit of each connection in bytes per second
     * @param bandwidth bytes per second
     */
    const transmit = async (count: number, limit: number, bandwidth = Infinity): Promise<number[]> => {
      const counts: number[] = [];
      while (counts.length < count) {
        env.advance(STEP);
        await Promise.resolve();
        const sent = (Math.min(limit, bandwidth / inFlight.length) * STEP) / 1_000;
        for (const slot of [...inFlight]) {
          const rest = (left.get(slot) ?? PART) - sent;
          left.set(slot, rest);
          slot.sending(Math.min(PART, PART - rest));
          if (rest > 0) continue;
          counts.push(inFlight.length);
          inFlight.splice(inFlight.indexOf(slot), 1);
          slot.acknowledged();
          slot.release();
          await settled();
        }
      }
      return counts;
    };
    const mean = (counts: readonly number[]): number => counts.reduce((a, b) => a + b) / counts.length;

    for (const limit of [0.2, 0.5, 0.8]) {
      it(`grows to six, and no further, if each connection is limited to ${limit} MiB/s`, async () => {
        enqueue(100);
        await settled();
        const counts = await transmit(60, limit * MiB);
        expect(mean(counts.slice(30))).to.be.above(5.5);
        expect(Math.max(...counts)).to.equal(6);
      });
    }

    it('grows only as long as the throughput does', async () => {
      enqueue(200);
      await settled();
      const counts = await transmit(150, 0.5 * MiB, 1.5 * MiB);
      expect(mean(counts.slice(50))).to.be.within(2.5, 5);
    });

    it('is two for a moment, ever more rarely, if the connections share a low bandwidth', async () => {
      enqueue(400);
      await settled();
      const counts = await transmit(300, Infinity, MBIT);
      expect(Math.max(...counts)).to.equal(2);
      const late = counts.slice(100);
      expect(late.filter((parts) => parts > 1).length).to.be.within(1, late.length * 0.05);
    });

    it('falls when the network becomes slow', async () => {
      enqueue(200);
      await settled();
      await transmit(40, 0.5 * MiB);
      const counts = await transmit(60, 0.5 * MiB, MBIT);
      expect(mean(counts.slice(10))).to.be.below(1.5);
    });

    it('grows again when the connections become slower, but don’t slow each other down', async () => {
      enqueue(200);
      await settled();
      await transmit(40, 0.5 * MiB);
      const counts = await transmit(60, 0.2 * MiB);
      expect(Math.min(...counts.slice(40))).to.equal(6);
    });

    it('is two again after the network was forgotten', async () => {
      enqueue(100);
      await settled();
      await transmit(40, 0.5 * MiB);
      for (let second = 0; second < 200; second++) env.tick(1_000);
      for (const slot of inFlight) slot.late();
      for (const slot of inFlight.splice(0)) slot.release();
      await settled();
      expect([limiter.line, inFlight.length]).to.deep.equal([undefined, 2]);
    });

    it('never exceeds a number that the page sets', async () => {
      enqueue(100, 3);
      await settled();
      expect(Math.max(...(await transmit(60, 0.5 * MiB)))).to.equal(3);
    });
  });

  it('starts with what an earlier visit has measured', async () => {
    limiter.remember({ rate: 6e6, throughput: 36e6, roundTrip: 20 });
    enqueue(10);
    for (let i = 0; i < 6; i++) {
      await settled();
      env.advance(2 * 20);
    }
    expect(inFlight).to.have.length(6);
  });

  it('doesn’t start parts at the same time once the round trip is known', async () => {
    limiter.remember({ rate: 2e6, throughput: 12e6, roundTrip: 50 });
    enqueue(10);
    await settled();
    expect(inFlight).to.have.length(1);
    env.advance(99);
    await settled();
    expect(inFlight).to.have.length(1);
    env.advance(1);
    await settled();
    expect(inFlight).to.have.length(2);
  });

  /** Sends two parts that are late after some milliseconds. */
  const sendLate = async (milliseconds: number, pass = (time: number) => env.stayAwake(time)) => {
    limiter.remember({ rate: 6e6, throughput: 36e6, roundTrip: 0 });
    enqueue(2);
    await settled();
    pass(milliseconds);
    for (const slot of inFlight) slot.late();
  };

  it('forgets what an earlier visit has measured if parts take much longer', async () => {
    await sendLate(60_000);
    expect([limiter.line, limiter.isLineOutdated]).to.deep.equal([undefined, true]);
  });

  it('forgets nothing if parts are lost soon', async () => {
    await sendLate(1_000);
    expect([limiter.line?.rate, limiter.isLineOutdated]).to.deep.equal([6e6, false]);
  });

  it('forgets nothing if parts are lost while the device sleeps', async () => {
    await sendLate(3_600_000, (milliseconds) => env.advance(milliseconds));
    expect([limiter.line?.rate, limiter.isLineOutdated]).to.deep.equal([6e6, false]);
  });

  it('forgets what it has measured itself if the network becomes much slower', async () => {
    enqueue(20);
    await settled();
    await send(8, 40e6);
    env.stayAwake(60_000);
    for (const slot of inFlight) slot.late();
    expect([limiter.line, limiter.isLineOutdated]).to.deep.equal([undefined, true]);
  });

  it('takes five seconds for what is in flight of files with parts of any size', async () => {
    limiter.remember({ rate: 1e6, throughput: 2e6, roundTrip: 0 });
    const sizes = [4e6, 3e6, 2e6, 1e6, 1e5];
    const started: number[] = [];
    for (const size of sizes) void limiter.acquire(size, 'auto', signal).then(() => started.push(size));
    await settled();
    expect(started).to.deep.equal([4e6, 3e6, 2e6, 1e6]);
  });

  describe('of small files', () => {
    /** Sends files one after the other. @param duration milliseconds */
    const sendFiles = async (sizes: readonly number[], duration: number) => {
      for (const size of sizes) {
        const slot = await limiter.acquire(size, 'auto', signal);
        for (let left = duration; left > 0; left -= 400) env.tick(400);
        slot.acknowledged();
        slot.release();
      }
    };
    /** Requests ten slots. Returns how many are granted. */
    const countStarted = async (size: number) => {
      let started = 0;
      for (let i = 0; i < 10; i++) void limiter.acquire(size, 'auto', signal).then(() => started++);
      await settled();
      return started;
    };

    it('is two until one was acknowledged', async () => {
      expect(await countStarted(400 * 1_024)).to.equal(2);
    });

    it('is six after tiny files', async () => {
      await sendFiles(Array<number>(8).fill(200), 400);
      expect(await countStarted(400 * 1_024)).to.equal(6);
    });

    it('is six after files without bytes', async () => {
      await sendFiles([0, 0, 0, 1_000, 0, 0, 1_000, 1_000], 400);
      expect(await countStarted(400 * 1_024)).to.equal(6);
    });

    it('is two at most after files that took long', async () => {
      await sendFiles(Array<number>(3).fill(64 * 1_024), 32_000);
      expect(await countStarted(64 * 1_024)).to.be.at.most(2);
    });
  });

  it('is two of large parts after small files', async () => {
    const slot = await limiter.acquire(1_000, 'auto', signal);
    slot.acknowledged();
    slot.release();
    enqueue(10);
    await settled();
    expect(inFlight).to.have.length(2);
  });

  it('respects a number that the page sets', async () => {
    limiter.remember({ rate: 1e3, throughput: 1e3, roundTrip: 1_000 });
    enqueue(10, 4);
    await settled();
    expect(inFlight).to.have.length(4);
  });

  it('learns nothing from parts that were late or have failed', async () => {
    for (let i = 0; i < 10; i++) {
      const slot = await limiter.acquire(PART, 'auto', signal);
      env.time += 60_000;
      slot.late();
      if (i % 2) slot.acknowledged();
      slot.release();
    }
    expect(limiter.line).to.equal(undefined);
  });

  /** Sends a part that OSS acknowledges after some seconds, and of which the browser reports nothing before. */
  const sendBuffered = async (seconds: number) => {
    const slot = await limiter.acquire(PART, 'auto', signal);
    for (let second = 0; second < seconds; second++) env.tick(1_000);
    slot.acknowledged();
    slot.release();
  };

  it('measures a slow network behind an intermediary that buffers whole parts', async () => {
    for (let i = 0; i < 3; i++) await sendBuffered(40);
    expect(limiter.measuredLine?.throughput).to.be.closeTo(PART / 40, 1);
  });

  it('learns nothing from parts during which the device was suspended', async () => {
    for (let i = 0; i < 3; i++) {
      const sending = sendBuffered(2);
      env.time += 60_000;
      await sending;
    }
    expect(limiter.measuredLine).to.equal(undefined);
  });

  it('reads the clock only while parts are in flight', async () => {
    let running = 0;
    const { repeat } = env;
    env.repeat = (ms, listener) => {
      running++;
      const stop = repeat.call(env, ms, listener);
      return () => {
        running--;
        stop();
      };
    };
    const [first, second] = [limiter.acquire(PART, 'auto', signal), limiter.acquire(PART, 'auto', signal)];
    (await first).release();
    const during = running;
    (await second).release();
    expect([during, running]).to.deep.equal([1, 0]);
  });

  it('learns nothing from the time without parts in flight', async () => {
    for (let i = 0; i < 4; i++) {
      env.time += 3_600_000;
      const slot = await limiter.acquire(PART, 'auto', signal);
      env.time += 1_000;
      slot.acknowledged();
      slot.release();
    }
    expect(limiter.measuredLine?.throughput).to.be.closeTo(PART, 1);
  });

  it('starts the next part although the clock was set back', async () => {
    limiter.remember({ rate: 6e6, throughput: 36e6, roundTrip: 50 });
    enqueue(10);
    await settled();
    env.time -= 3_600_000;
    await acknowledge();
    expect(inFlight).to.have.length(1);
    enqueue(1);
    await settled();
    env.advance(60);
    await settled();
    expect(inFlight.length).to.be.greaterThan(1);
  });

  it('measures plausible rates although the clock jumps', async () => {
    enqueue(50);
    await settled();
    await send(20, 10e6);
    env.time += 3_600_000;
    await send(1, 10e6);
    env.time -= 7_200_000;
    await send(8, 10e6);
    expect(limiter.measuredLine?.throughput).to.be.within(5e6, 20e6);
  });
});
