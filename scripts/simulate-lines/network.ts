/**
 * A deterministic model of a browser's connections to one host: at most six of them, a preflight for each request, slow start,
 * round trips, and bandwidth that is shared fairly. OSS responds immediately.
 */

export interface Conditions {
  /** Milliseconds. */
  roundTrip: number;
  /** Bytes per second. */
  bandwidth: number;
  /** Bytes per second of one connection. */
  connectionLimit: number;
  /** How much the bandwidth and the limit of each connection vary, as a share of them. */
  variation: number;
}

export const CONNECTIONS = 6;
/** Bytes per round trip of a new connection. */
const INITIAL_WINDOW = 10 * 1_460;
/** Largest window of a connection, in bytes. */
const MAX_WINDOW = 8 * 2 ** 20;
/** Bytes that the operating system accepts before they are sent. */
const SEND_BUFFER = 256 * 1_024;
/** The length of one step, in milliseconds. */
const STEP = 1;
/** How long a variation lasts, in milliseconds. */
const VARIATION_TIME = 4_000;

interface Connection {
  isOpen: boolean;
  /** Bytes per round trip. */
  window: number;
  isBusy: boolean;
  /** The share of its limit that it achieves at present. */
  share: number;
}

interface Request {
  connection: Connection;
  /** Bytes. */
  size: number;
  /** Bytes that are still to be sent. */
  left: number;
  onProgress: ((bytes: number) => void) | undefined;
  resolve: () => void;
}

interface Timer {
  due: number;
  callback: () => void;
}

export class Network {
  /** Milliseconds. */
  time = 0;
  /** Requests with a body under way at the same time, at most. */
  mostRequests = 0;
  /** Bytes of their bodies, at most. */
  mostBytes = 0;
  /** The times that they were under way, added up, in milliseconds. */
  requestTime = 0;
  #requests = 0;
  #bytes = 0;
  readonly #conditions: Conditions;
  readonly #connections: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  readonly #sending = new Set<Request>();
  readonly #timers = new Set<Timer>();
  readonly #random = makeRandom();
  /** The share of the bandwidth that is available at present. */
  #share = 1;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  now(): number {
    return this.time;
  }

  repeat(ms: number, listener: () => void): () => void {
    let cancel: () => void;
    const start = () => {
      cancel = this.startTimer(ms, () => {
        listener();
        start();
      });
    };
    start();
    return () => cancel();
  }

  startTimer(ms: number, callback: () => void): () => void {
    const timer = { due: this.time + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.startTimer(ms, resolve));
  }

  /** Sends a request with a new URL. @param size of the body in bytes @param onProgress called while it is sent, with the bytes so far */
  async request(size: number, onProgress?: (bytes: number) => void): Promise<void> {
    const { roundTrip } = this.#conditions;
    this.#requests += Math.sign(size);
    this.#bytes += size;
    this.mostRequests = Math.max(this.mostRequests, this.#requests);
    this.mostBytes = Math.max(this.mostBytes, this.#bytes);
    const connection = await this.#connect();
    // TCP and TLS.
    if (!connection.isOpen) await this.sleep(2 * roundTrip);
    connection.isOpen = true;
    await this.sleep(roundTrip);
    await new Promise<void>((resolve) => {
      this.#sending.add({ connection, size, left: Math.max(size, 1), onProgress, resolve });
    });
    await this.sleep(roundTrip);
    this.#requests -= Math.sign(size);
    this.#bytes -= size;
    const next = this.#waiting.shift();
    if (next) next(connection);
    else connection.isBusy = false;
  }

  #connect(): Promise<Connection> {
    const idle = this.#connections.find(({ isBusy }) => !isBusy);
    if (idle) {
      idle.isBusy = true;
      return Promise.resolve(idle);
    }
    if (this.#connections.length === CONNECTIONS)
      return new Promise((resolve) => this.#waiting.push(resolve));
    const connection = { isOpen: false, isBusy: true, window: INITIAL_WINDOW, share: this.#vary() };
    this.#connections.push(connection);
    return Promise.resolve(connection);
  }

  /** Runs until the task ends. @returns milliseconds */
  async run(task: () => Promise<void>): Promise<number> {
    const start = this.time;
    let isDone = false as boolean;
    void task().then(() => (isDone = true));
    await settle();
    while (!isDone) {
      this.time += STEP;
      this.requestTime += this.#requests * STEP;
      let hasEvents = this.#send();
      for (const timer of [...this.#timers]) {
        if (timer.due > this.time || !this.#timers.delete(timer)) continue;
        timer.callback();
        hasEvents = true;
      }
      if (hasEvents) await settle();
    }
    return this.time - start;
  }

  /** Returns a random share of what the network achieves on average. */
  #vary(): number {
    return 1 + this.#conditions.variation * (2 * this.#random() - 1);
  }

  /** Sends what fits into one step. @returns whether a body was sent completely */
  #send(): boolean {
    const { bandwidth, roundTrip, connectionLimit } = this.#conditions;
    if (this.time % VARIATION_TIME === 0) {
      this.#share = this.#vary();
      for (const connection of this.#connections) connection.share = this.#vary();
    }
    const rates = [...this.#sending].map((request) => ({
      request,
      rate: Math.min(
        (request.connection.window * 1_000) / roundTrip,
        connectionLimit * request.connection.share,
      ),
    }));
    rates.sort((a, b) => a.rate - b.rate);
    let left = bandwidth * this.#share;
    let hasEvents = false;
    for (const [i, { request, rate }] of rates.entries()) {
      const share = left / (rates.length - i);
      const actual = Math.min(rate, share);
      left -= actual;
      const bytes = (actual * STEP) / 1_000;
      // A window grows while it limits the connection.
      if (actual === rate) {
        request.connection.window = Math.min(MAX_WINDOW, request.connection.window + bytes);
      }
      request.left -= bytes;
      request.onProgress?.(Math.min(request.size, request.size - request.left + SEND_BUFFER));
      if (request.left > 0) continue;
      this.#sending.delete(request);
      request.resolve();
      hasEvents = true;
    }
    return hasEvents;
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Returns a generator of the same numbers from 0 to 1 for each network. */
function makeRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
