// Emulates an Internet line between browsers and the servers of this machine: a TCP proxy with a round-trip time, an upload
// rate that all connections share, a bounded queue, and a congestion window per connection. When the queue or the window is
// full, the proxy stops reading, so that the backpressure reaches the browser. Packets are not lost, and downloads are
// only delayed. Optionally, connections die.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { DelayQueue } from './delay-queue.js';

export interface LineConditions {
  /** In milliseconds. */
  roundTrip: number;
  /** Upload rate in bytes per second. */
  bytesPerSecond: number;
  /** Share of requests whose connection dies before their response, from 0 to 1. Drawn with `random`. */
  deathRate?: number;
  /** Returns a number from 0 to 1. */
  random?: () => number;
}

/** Without delay, limit or deaths. */
export const noConditions: LineConditions = { roundTrip: 0, bytesPerSecond: Infinity };

/** Bytes that are sent at a time. Small, so that connections share the line evenly. */
const PIECE = 16 * 1024;
/** Capacity of the queue in front of the line, in milliseconds of its rate. */
const MAX_QUEUE = 50;
/** Congestion window of a new or idle connection, and its maximum. The defaults of Linux, in bytes. */
const INITIAL_WINDOW = 10 * 1460;
const MAX_WINDOW = 4 * 1024 ** 2;
/** The window shrinks after this time without data in flight, in milliseconds. */
const MIN_IDLE = 200;
/** A connection dies within this many bytes of its request, or before the response. */
const MAX_BYTES_BEFORE_DEATH = 256 * 1024;

export class EmulatedLine {
  /** Bytes that have reached the servers. */
  bytesDelivered = 0;
  /** When the latest byte reached a server, in milliseconds since 1970. */
  lastByteAt = 0;
  /** Connections that have died. */
  deaths = 0;
  /** Change it only while no connection is open. */
  conditions: LineConditions = noConditions;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<Connection>();
  /** Connections that wait for room in the queue. */
  readonly #waiting = new Set<Connection>();
  readonly #deliveries = new DelayQueue();
  readonly #returns = new DelayQueue();
  /** When the line has sent all pieces so far, in `performance.now()` milliseconds. */
  #busyUntil = 0;

  /**
   * Starts to forward a port of this line to a server of this machine.
   * @param canDie whether `deathRate` applies
   * @returns the port of the line
   */
  async forward(port: number, { canDie = false } = {}): Promise<number> {
    const server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
      const connection = new Connection(this, client, port, canDie);
      this.#connections.add(connection);
      connection.onClose = () => {
        this.#connections.delete(connection);
        this.#waiting.delete(connection);
      };
    });
    this.#servers.push(server);
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** Closes all connections, as a browser does that is no longer needed. */
  disconnect(): void {
    for (const connection of this.#connections) connection.destroy();
    this.#deliveries.clear();
    this.#returns.clear();
  }

  async close(): Promise<void> {
    this.disconnect();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  /** Whether the queue has room. If not, the connection is woken up later. */
  hasRoom(connection: Connection): boolean {
    const excess = this.#busyUntil - MAX_QUEUE - performance.now();
    if (excess <= 0) return true;
    if (this.#waiting.size === 0) setTimeout(() => this.#wake(), excess);
    this.#waiting.add(connection);
    return false;
  }

  /** Sends bytes over the line, then calls `deliver`. */
  send(bytes: number, deliver: () => void): void {
    const { bytesPerSecond, roundTrip } = this.conditions;
    this.#busyUntil = Math.max(this.#busyUntil, performance.now()) + (bytes / bytesPerSecond) * 1000;
    this.#deliveries.push(this.#busyUntil + roundTrip / 2, () => {
      if (bytes > 0) this.lastByteAt = Date.now();
      this.bytesDelivered += bytes;
      deliver();
    });
  }

  /** Calls `deliver` when something that a server has sent arrives at the client. */
  sendBack(deliver: () => void): void {
    this.#returns.push(performance.now() + this.conditions.roundTrip / 2, deliver);
  }

  /** Decides whether the connection of a new request dies. @returns after how many bytes; `Infinity` if it doesn't */
  drawDeath(): number {
    const { deathRate = 0, random = Math.random } = this.conditions;
    return deathRate > 0 && random() < deathRate ? random() * MAX_BYTES_BEFORE_DEATH : Infinity;
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const connection of waiting) connection.pump();
  }
}

class Connection {
  /** Called when both sides are closed: bytes of a closed client may still be under way. */
  onClose: (() => void) | undefined;
  readonly #line: EmulatedLine;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #canDie: boolean;
  /** Bytes that were read from the client and not sent yet. */
  #pending: Buffer = Buffer.alloc(0);
  #clientHasEnded = false;
  #inFlight = 0;
  #window = INITIAL_WINDOW;
  /** When the latest byte was acknowledged, in `performance.now()` milliseconds. */
  #idleSince = 0;
  /** Whether the next byte from the client belongs to a new request. */
  #expectsRequest = true;
  #bytesUntilDeath = Infinity;

  constructor(line: EmulatedLine, client: Socket, port: number, canDie: boolean) {
    this.#line = line;
    this.#client = client;
    this.#canDie = canDie;
    this.#server = connect({ host: '127.0.0.1', port, noDelay: true });
    client.on('data', (data) => {
      this.#pending = data;
      client.pause();
      this.pump();
    });
    client.on('end', () => {
      this.#clientHasEnded = true;
      this.pump();
    });
    this.#server.on('data', (data) => this.#respond(data));
    this.#server.on('end', () => line.sendBack(() => client.end()));
    // A reset on one side is passed on to the other.
    client.on('error', () => {
      this.#pending = Buffer.alloc(0);
      line.send(0, () => this.#server.resetAndDestroy());
    });
    this.#server.on('error', () => line.sendBack(() => client.resetAndDestroy()));
    this.#server.on('close', () => this.onClose?.());
    // The handshake takes a round trip, which the client doesn't notice.
    setTimeout(() => client.resume(), line.conditions.roundTrip);
  }

  /** Sends as much as window and queue allow, then reads more from the client. */
  pump(): void {
    if (this.#server.destroyed) return;
    const idleTime = performance.now() - this.#idleSince;
    if (this.#inFlight === 0 && idleTime > Math.max(MIN_IDLE, this.#line.conditions.roundTrip))
      this.#window = INITIAL_WINDOW;
    while (this.#pending.length > 0) {
      if (this.#inFlight >= this.#window || !this.#line.hasRoom(this)) return;
      this.#sendPiece(Math.min(PIECE, this.#window - this.#inFlight));
      if (this.#client.destroyed && !this.#clientHasEnded) return;
    }
    if (this.#clientHasEnded) this.#line.send(0, () => this.#server.end());
    else this.#client.resume();
  }

  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #sendPiece(size: number): void {
    if (this.#expectsRequest) {
      this.#expectsRequest = false;
      this.#bytesUntilDeath = this.#canDie ? this.#line.drawDeath() : Infinity;
    }
    const piece = this.#pending.subarray(0, size);
    this.#pending = this.#pending.subarray(size);
    this.#bytesUntilDeath -= piece.length;
    if (this.#bytesUntilDeath <= 0) return this.#die();
    this.#inFlight += piece.length;
    this.#line.send(piece.length, () => {
      // The acknowledgement also waits for the server to read.
      this.#server.write(piece, () => this.#line.sendBack(() => this.#acknowledge(piece.length)));
    });
  }

  #acknowledge(bytes: number): void {
    this.#inFlight -= bytes;
    this.#idleSince = performance.now();
    // Slow start: without losses, the window doubles in each round trip.
    this.#window = Math.min(MAX_WINDOW, this.#window + bytes);
    this.pump();
  }

  #respond(data: Buffer): void {
    if (this.#bytesUntilDeath < Infinity) return this.#die();
    this.#expectsRequest = true;
    this.#line.sendBack(() => this.#client.write(data));
  }

  #die(): void {
    this.#line.deaths += 1;
    this.#bytesUntilDeath = Infinity;
    this.#pending = Buffer.alloc(0);
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }
}
