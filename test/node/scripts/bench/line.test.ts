import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { EmulatedLine, type LineConditions } from '../../../../scripts/bench/line.js';
import { probeLine } from '../../../../scripts/bench/line-probe.js';

const MEGABIT = 1e6 / 8;

/** Answers each byte `?` with `!`, and counts what it receives. */
class TestServer {
  received = 0;
  #socket: Socket | undefined;
  readonly #server: Server = createServer((socket) => {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      this.received += data.length;
      if (data.includes('?')) socket.write('!');
    });
  });

  async start(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves when the latest connection is closed. */
  async nextClose(): Promise<void> {
    await new Promise((resolve) => this.#socket!.once('close', resolve));
  }

  close(): void {
    this.#server.close();
  }
}

describe('EmulatedLine', () => {
  let server: TestServer;
  let serverPort: number;
  let line: EmulatedLine;

  before(async () => {
    server = new TestServer();
    serverPort = await server.start();
  });
  after(() => server.close());
  afterEach(() => line.close());

  async function open(conditions: LineConditions, options = {}): Promise<Socket> {
    line = new EmulatedLine();
    line.conditions = conditions;
    server.received = 0;
    return connectTo(await line.forward(serverPort, options));
  }

  async function connectTo(port: number): Promise<Socket> {
    const socket = connect({ host: 'localhost', port, noDelay: true });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  for (const [roundTrip, megabits] of [
    [60, 8],
    [200, 40],
  ] as const) {
    // A busy machine makes it slower. From the start, because what it has held up arrives all at once.
    it(`is not faster than its conditions: ${roundTrip} ms, ${megabits} Mbit/s`, async () => {
      const bytesPerSecond = megabits * MEGABIT;
      const socket = await open({ roundTrip, bytesPerSecond });
      const size = bytesPerSecond / 2;
      const startedAt = performance.now();
      socket.write(Buffer.alloc(size));
      await until(() => server.received === size);
      const duration = performance.now() - startedAt;
      assert.ok(duration >= 500, `${duration} ms`);
    });

    it(`doesn’t respond earlier than its conditions: ${roundTrip} ms, ${megabits} Mbit/s`, async () => {
      line = new EmulatedLine();
      line.conditions = { roundTrip, bytesPerSecond: megabits * MEGABIT };
      const measured = await probeLine(line, 100);
      assert.ok(measured.roundTrip >= roundTrip - 2, `${measured.roundTrip} ms`);
    });
  }

  it('adds a round trip for the handshake of a connection', async () => {
    const startedAt = performance.now();
    const socket = await open({ roundTrip: 100, bytesPerSecond: Infinity });
    socket.write('?');
    await once(socket, 'data');
    assert.ok(performance.now() - startedAt >= 199);
  });

  it('delivers all bytes before the end of a connection', async () => {
    const socket = await open({ roundTrip: 20, bytesPerSecond: 2e6 });
    socket.end(Buffer.alloc(300_000));
    await until(() => server.received === 300_000);
    assert.equal(line.bytesDelivered, 300_000);
  });

  it('stops reading when its queue is full, so that the client notices', async () => {
    const socket = await open({ roundTrip: 20, bytesPerSecond: 1e5 });
    const size = 64e6;
    const sent = socket.write(Buffer.alloc(size));
    assert.equal(sent, false);
    await until(() => line.bytesDelivered > 20_000);
    assert.ok(socket.writableLength > size / 2, `${socket.writableLength} bytes are left`);
  });

  it('passes a reset of the client on to the server', async () => {
    const socket = await open({ roundTrip: 20, bytesPerSecond: Infinity });
    socket.write('?');
    await once(socket, 'data');
    const closed = server.nextClose();
    socket.resetAndDestroy();
    await closed;
  });

  it('resets connections at the given rate, before the response', async () => {
    const socket = await open(
      { roundTrip: 0, bytesPerSecond: Infinity, deathRate: 1, random: () => 0.5 },
      { canDie: true },
    );
    socket.write('?');
    await closed(socket);
    assert.equal(socket.bytesRead, 0);
    assert.equal(line.deaths, 1);
  });

  it('draws once for each request of a connection', async () => {
    const draws = [0.9, 0.9, 0.1, 1];
    const socket = await open(
      { roundTrip: 0, bytesPerSecond: Infinity, deathRate: 0.5, random: () => draws.shift()! },
      { canDie: true },
    );
    for (let request = 1; request <= 2; request += 1) {
      socket.write('?');
      await once(socket, 'data');
    }
    socket.write('?');
    await closed(socket);
    assert.equal(socket.bytesRead, 2);
  });

  it('keeps connections to other servers alive', async () => {
    const socket = await open({ roundTrip: 0, bytesPerSecond: Infinity, deathRate: 1, random: () => 0 });
    socket.write('?');
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.equal(data.toString(), '!');
  });
});

/** Resolves when a connection is closed, also by a reset. */
async function closed(socket: Socket): Promise<void> {
  await new Promise((resolve) => socket.once('close', resolve));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
