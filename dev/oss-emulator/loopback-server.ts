// Listens on the loopback addresses with one port for all. Knows nothing of what is served.

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Both loopbacks: `*.localhost` resolves to either. */
export const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '::1'];

/** How often another free port is tried when one is free on the first address only. */
const ATTEMPTS = 10;

export interface LoopbackServer {
  port: number;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/**
 * @param port 0 takes one that is free on every host.
 * @throws {NodeJS.ErrnoException} where a host can't be listened on; an IPv6 that the machine lacks is left out.
 */
export async function serveLoopback(
  listener: RequestListener,
  port = 0,
  hosts: readonly string[] = LOOPBACK_HOSTS,
): Promise<LoopbackServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await serve(listener, port, hosts);
    } catch (error) {
      if (port !== 0 || !isError(error, 'EADDRINUSE') || attempt === ATTEMPTS) throw error;
    }
  }
}

async function serve(
  listener: RequestListener,
  port: number,
  hosts: readonly string[],
): Promise<LoopbackServer> {
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(
      servers.map((server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        return closed;
      }),
    );
  };
  let shared = port;
  for (const host of hosts) {
    try {
      const server = await listen(listener, shared, host);
      servers.push(server);
      shared = (server.address() as AddressInfo).port;
    } catch (error) {
      if (servers.length > 0 && isError(error, 'EADDRNOTAVAIL')) continue;
      await close();
      throw error;
    }
  }
  return { port: shared, close };
}

async function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  // A stalled or slow request is a thing to be tested: no request is too old for this server.
  const server = createServer(
    { maxHeaderSize: 64 * 1024, requestTimeout: 0, keepAliveTimeout: 60_000 },
    listener,
  );
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const isError = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
