// Measures what a line does to plain TCP connections, to check the line against its conditions.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { EmulatedLine } from './line.js';

export interface LineProperties {
  /** In milliseconds. */
  roundTrip: number;
  bytesPerSecond: number;
}

/** As many as browsers open to a server. */
const CONNECTIONS = 6;

/** @param duration that the data occupies the line for, in milliseconds */
export async function probeLine(line: EmulatedLine, duration: number): Promise<LineProperties> {
  const total = Math.round((line.conditions.bytesPerSecond * duration) / 1000);
  const arrivals: { at: number; received: number }[] = [];
  let received = 0;
  const { promise: complete, resolve } = signal();
  const server = createServer((socket) => {
    socket.on('data', ({ length }) => {
      // Answers what a round trip is measured with.
      if (length === 1) return socket.write('!');
      received += length;
      arrivals.push({ at: performance.now(), received });
      if (received >= total) resolve();
    });
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = await line.forward((server.address() as AddressInfo).port);
  try {
    const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)));
    // The first exchange also contains the handshake.
    await measureRoundTrip(sockets[0]!);
    const roundTrip = await measureRoundTrip(sockets[0]!);
    for (const socket of sockets) socket.write(Buffer.alloc(Math.ceil(total / CONNECTIONS)));
    await complete;
    // The second half, without slow start.
    const first = arrivals.find((arrival) => arrival.received >= total / 2)!;
    const last = arrivals.at(-1)!;
    const seconds = (last.at - first.at) / 1000;
    return { roundTrip, bytesPerSecond: (last.received - first.received) / seconds };
  } finally {
    line.disconnect();
    server.close();
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: 'localhost', port, noDelay: true });
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

async function measureRoundTrip(socket: Socket): Promise<number> {
  const startedAt = performance.now();
  socket.write('?');
  await once(socket, 'data');
  return performance.now() - startedAt;
}

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
