/**
 * Limits how many parts a page sends to one host at the same time. Measures how fast OSS acknowledges them, and sends
 * fewer at a time while responses are late.
 */

import type { Environment } from '../ports.js';
import { startTimer } from '../time-limit.js';
import { ConnectionProbe } from './connection-probe.js';
import { expectedTime, MAX_CONNECTIONS, mayStart, startInterval, type Line } from './line.js';
import { LineMeter, MIN_MEASURED_SIZE, MIN_SLOW_SIZE } from './line-meter.js';

/** The acknowledged throughput is an average over this time, in milliseconds. */
const WINDOW = 120_000;
/** The throughput that is assumed until a part has been acknowledged, in bytes per second. */
const MIN_THROUGHPUT = 16 * 1024;
/** A response may take this many times as long as the throughput suggests. */
const TOLERANCE = 4;

/**
 * How long bytes must be sent until they show how fast the network may be, in milliseconds. An intermediary on the same device
 * takes less time for a whole part.
 */
const MIN_GUESS_TIME = 500;

/** How often the clock is read while parts are in flight, in milliseconds. */
const TICK_INTERVAL = 2_000;
/** If it isn't read for longer, it has jumped, or the device was suspended. In milliseconds. */
const MAX_GAP = 10_000;

/** Permission to send one part. */
export interface PartSlot {
  /** Reports that bytes were sent. @param bytes of the part so far */
  sending(bytes: number): void;
  /** Reports that OSS has acknowledged the part. */
  acknowledged(): void;
  /** Reports that the response is late, or that the connection has failed. */
  late(): void;
  /** Lets the next part be sent. */
  release(): void;
}

/** What was sent of a part that is in flight. */
interface Flight {
  /** Bytes of the part. */
  size: number;
  /** Bytes, when the first ones were reported: the operating system accepts those before they are sent. */
  firstBytes: number;
  /** When they were reported, in milliseconds since 1970. */
  since: number;
  /** Bytes so far. */
  bytes: number;
}

type Clock = Pick<Environment, 'now' | 'startTimer' | 'repeat'>;

/** What one transfer has been granted. */
interface TransferShare {
  partsInFlight: number;
  /** The number of the last slot that it was granted. */
  lastSlot: number;
}

interface Acquisition {
  /** Bytes. */
  size: number;
  parallel: number | 'auto';
  transfer: TransferShare;
  resolve: (slot: PartSlot) => void;
}

/**
 * Limits the parts in flight to one host, for all uploads of a page.
 *
 * @example
 * const slot = await limiter.acquire(part.size, 5, signal);
 * try {
 *   await send(part);
 *   slot.acknowledged();
 * } finally {
 *   slot.release();
 * }
 */
export class PartLimiter {
  readonly #env: Clock;
  /** In the order in which slots were requested. */
  readonly #queue = new Set<Acquisition>();
  #partsInFlight = 0;
  /** By the signal of the transfer. */
  readonly #transfers = new WeakMap<AbortSignal, TransferShare>();
  /** How many slots were granted. */
  #slots = 0;
  #bytesInFlight = 0;
  #limit = Infinity;
  /** Late parts since the limit was lowered or a part was acknowledged. */
  #late = 0;
  /** Parts, except small ones, acknowledged within the {@link WINDOW}, and when they were in flight by the busy clock. */
  #acknowledged: { from: number; to: number; size: number }[] = [];
  /** The busy clock counts the milliseconds during which parts were in flight. */
  #busyTime = 0;
  #busySince = 0;
  /** The times that parts were in flight, added up, in milliseconds of the busy clock. */
  #partTime = 0;
  /** How often the clock was not read for too long while parts were in flight. */
  #gaps = 0;
  #stopTicking: (() => void) | undefined;
  /** Whether OSS has acknowledged anything. */
  #isProven = false;
  readonly #meter = new LineMeter();
  readonly #probe = new ConnectionProbe();
  #wasForgotten = false;
  #recalling: Promise<void> | undefined;
  readonly #flights = new Set<Flight>();
  /** When the last part, except small ones, has started, in milliseconds since 1970. */
  #startedAt = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(env: Clock) {
    this.#env = env;
  }

  /**
   * Waits until a part may be sent. The transfer with the fewest parts in flight is served first; of several, the one that was
   * served the longest time ago.
   *
   * @param size bytes
   * @param parallel parts in flight that the caller wants at most. With `auto`, acknowledged parts decide
   * @param signal of the transfer; stops waiting. The call rejects with its reason
   */
  acquire(size: number, parallel: number | 'auto', signal: AbortSignal): Promise<PartSlot> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const acquisition = { size, parallel, transfer: this.#transferOf(signal), resolve };
      this.#queue.add(acquisition);
      const abort = () => {
        // Has no effect on a slot that was granted.
        this.#queue.delete(acquisition);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
      acquisition.resolve = (slot) => {
        signal.removeEventListener('abort', abort);
        resolve(slot);
      };
      this.#grant();
    });
  }

  /** How long OSS may take to acknowledge the parts in flight, in milliseconds. */
  get responseTime(): number {
    const throughput = this.#throughput;
    const seconds = throughput
      ? (TOLERANCE * this.#bytesInFlight) / throughput
      : this.#bytesInFlight / MIN_THROUGHPUT;
    return seconds * 1_000;
  }

  /** What is known about the network, from acknowledged parts or from an earlier visit. */
  get line(): Line | undefined {
    return this.#meter.line;
  }

  /** What acknowledged parts have shown about the network. */
  get measuredLine(): Line | undefined {
    return this.#meter.measured;
  }

  /** Whether what was known has turned out to be wrong, and nothing has been measured since. */
  get isLineOutdated(): boolean {
    return this.#wasForgotten && !this.measuredLine;
  }

  /** Sets what an earlier visit has measured. */
  remember(line: Line): void {
    this.#meter.remember(line);
  }

  /** Asks, once, what an earlier visit has measured. Resolves when that is known. */
  recall(find: () => Promise<Line | undefined>): Promise<void> {
    return (this.#recalling ??= find().then((line) => line && this.remember(line)));
  }

  #grant(): void {
    for (let next = this.#next; next; next = this.#next) {
      if (!this.#hasRoom(next) || this.#isTooEarly(next)) return;
      this.#queue.delete(next);
      next.resolve(this.#createSlot(next));
    }
  }

  #transferOf(signal: AbortSignal): TransferShare {
    // A new one comes before the one that was served last, but not before those that have waited longer.
    const transfer = this.#transfers.get(signal) ?? { partsInFlight: 0, lastSlot: this.#slots - 1 };
    this.#transfers.set(signal, transfer);
    return transfer;
  }

  /** A large file requests many slots at once. Small ones must not wait for all of them. */
  get #next(): Acquisition | undefined {
    let next: Acquisition | undefined;
    for (const acquisition of this.#queue) {
      if (!next || isBefore(acquisition.transfer, next.transfer)) next = acquisition;
    }
    return next;
  }

  #hasRoom({ size, parallel }: Acquisition): boolean {
    const inFlight = { parts: this.#partsInFlight, bytes: this.#bytesInFlight };
    if (inFlight.parts >= Math.floor(this.#limit)) return false;
    if (parallel !== 'auto') return inFlight.parts < parallel;
    const { current } = this.#meter;
    if (mayStart(size, inFlight, current)) return true;
    // Small ones show that the network works, but not how fast it is.
    if (!current && this.#isProven && size < MIN_MEASURED_SIZE) return inFlight.parts < MAX_CONNECTIONS;
    const guess = current ? undefined : this.#guess;
    if (guess && mayStart(size, inFlight, guess)) return true;
    return this.#probe.tryMore(inFlight.parts);
  }

  /**
   * How fast the network may be, by the bytes that were sent of the parts in flight. Counts until a part is acknowledged. A part
   * that is sent completely says nothing: an intermediary may have buffered it.
   */
  get #guess(): Line | undefined {
    let bytes = 0;
    let since = Infinity;
    const sending = [...this.#flights].filter((flight) => flight.bytes < flight.size);
    for (const flight of sending) {
      bytes += flight.bytes - flight.firstBytes;
      since = Math.min(since, flight.since);
    }
    const time = this.#env.now() - since;
    if (!(time >= MIN_GUESS_TIME)) return undefined;
    const throughput = (bytes * 1_000) / time;
    return { rate: throughput / sending.length, throughput, roundTrip: 0 };
  }

  /** Whether a part starts later, so that not all connections are idle at the same time. Then tries again. */
  #isTooEarly({ size, parallel }: Acquisition): boolean {
    const line = this.#meter.current;
    if (parallel !== 'auto' || !line || this.#partsInFlight === 0 || size < MIN_MEASURED_SIZE) return false;
    const elapsed = this.#env.now() - this.#startedAt;
    const wait = startInterval(size, line) - elapsed;
    // The device's clock may have been set back.
    if (wait < 1 || elapsed < 0) return false;
    this.#cancelTimer?.();
    this.#cancelTimer = startTimer(wait, () => this.#grant(), this.#env);
    return true;
  }

  #createSlot({ size, transfer }: Acquisition): PartSlot {
    this.#tick();
    this.#stopTicking ??= this.#env.repeat(TICK_INTERVAL, () => this.#tick());
    if (size >= MIN_MEASURED_SIZE) this.#startedAt = this.#env.now();
    const started = ++this.#partsInFlight;
    this.#bytesInFlight += size;
    transfer.partsInFlight++;
    transfer.lastSlot = ++this.#slots;
    const from = this.#busyTime;
    const partTimeBefore = this.#partTime;
    const gapsBefore = this.#gaps;
    const isTimeKnown = () => this.#gaps === gapsBefore;
    let latency: number | undefined;
    let flight: Flight | undefined;
    let isLate = false;
    return {
      sending: (bytes) => {
        this.#tick();
        latency ??= this.#busyTime - from;
        flight ??= { size, firstBytes: bytes, since: this.#env.now(), bytes };
        flight.bytes = bytes;
        this.#flights.add(flight);
        if (!this.#meter.current) this.#grant();
      },
      acknowledged: () => {
        this.#onAcknowledged(from, size);
        if (isLate || !isTimeKnown()) return;
        const duration = Math.max(1, this.#busyTime - from);
        const parallel = Math.max(1, (this.#partTime - partTimeBefore) / duration);
        const part = { size, duration, latency: latency ?? duration, parallel };
        this.#meter.add(part);
        if (size >= MIN_MEASURED_SIZE) this.#probe.add(part, started);
      },
      late: () => {
        this.#tick();
        if (!isLate) this.#onLate(size, isTimeKnown() ? this.#busyTime - from : undefined);
        isLate = true;
      },
      release: () => {
        this.#tick();
        if (flight) this.#flights.delete(flight);
        this.#partsInFlight--;
        this.#bytesInFlight -= size;
        transfer.partsInFlight--;
        this.#grant();
        if (this.#partsInFlight > 0) return;
        this.#stopTicking?.();
        this.#stopTicking = undefined;
      },
    };
  }

  #onAcknowledged(from: number, size: number): void {
    this.#tick();
    this.#isProven = true;
    if (size >= MIN_SLOW_SIZE) this.#acknowledged.push({ from, to: this.#busyTime, size });
    const outdated = this.#acknowledged.findIndex(({ to }) => to >= this.#busyTime - WINDOW);
    this.#acknowledged.splice(0, outdated);
    this.#late = 0;
    // Each round of acknowledged parts allows one more.
    this.#limit += 1 / this.#limit;
  }

  /** @param size bytes @param duration milliseconds since the part was started, if they are known */
  #onLate(size: number, duration = 0): void {
    this.#late++;
    // One late response may be due to OSS. When several are late, the connection is congested.
    if (this.#late < Math.min(2, this.#partsInFlight)) return;
    this.#limit = Math.max(1, Math.floor(this.#partsInFlight / 2));
    // The other parts of this round are late for the same reason.
    this.#late = -this.#partsInFlight;
    this.#probe.reset();
    const { current } = this.#meter;
    if (!current || duration <= TOLERANCE * expectedTime(size, current)) return;
    this.#meter.forget();
    this.#wasForgotten = true;
  }

  /** Acknowledged bytes per second. `undefined` if no part was acknowledged within the {@link WINDOW}. */
  get #throughput(): number | undefined {
    this.#tick();
    const acknowledged = this.#acknowledged
      .filter(({ to }) => to >= this.#busyTime - WINDOW)
      .sort((a, b) => a.from - b.from);
    if (acknowledged.length === 0) return undefined;
    let bytes = 0;
    // Time during which only dead connections were in flight doesn't count.
    let time = 0;
    let end = 0;
    for (const { from, to, size } of acknowledged) {
      bytes += size;
      time += Math.max(0, to - Math.max(from, end));
      end = Math.max(end, to);
    }
    return (bytes * 1_000) / Math.max(1, time);
  }

  /** Advances the busy clock. */
  #tick(): void {
    const now = this.#env.now();
    const elapsed = Math.max(0, now - this.#busySince);
    if (this.#partsInFlight > 0) {
      this.#busyTime += elapsed;
      if (elapsed > MAX_GAP) this.#gaps++;
    }
    this.#partTime += this.#partsInFlight * elapsed;
    this.#busySince = now;
  }
}

/** Whether a part of transfer `a` is sent before one of `b`. */
function isBefore(a: TransferShare, b: TransferShare): boolean {
  return a.partsInFlight === b.partsInFlight ? a.lastSlot < b.lastSlot : a.partsInFlight < b.partsInFlight;
}
