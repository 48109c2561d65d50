// HTTP server that listens on several loopback addresses with the same port. It answers only requests that name this
// machine in the Host header: another name that resolves to loopback may be a DNS rebinding attack, by which a web page
// could read the responses as if they were its own.

import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normalizeTarget } from './request-target.js';

/** The IPv4 and IPv6 loopback addresses: `*.localhost` may resolve to either. */
export const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '::1'];

/** Number of ports to try: a port that is free on one address may be taken on another. */
const MAX_ATTEMPTS = 10;

/** A server started by {@link serveLoopback}. */
export interface LoopbackServer {
  port: number;
  /** Closes all connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on all hosts. Hosts after the first are skipped if the machine doesn't have the address, such as
 * `::1` without IPv6. Requests whose `Host` header names neither loopback, nor one of the hosts, nor the
 * address that the client has connected to get status 421.
 * @param port 0 selects a port that is free on every host.
 * @param isOwnName Returns whether the server also answers to a host name, which is in lowercase and without a port.
 * @throws {NodeJS.ErrnoException} If the server can't listen on a host.
 */
export async function serveLoopback(
  listener: RequestListener,
  port = 0,
  hosts: readonly string[] = LOOPBACK_HOSTS,
  isOwnName: (hostname: string) => boolean = () => false,
): Promise<LoopbackServer> {
  const checked: RequestListener = (request, response) => {
    const hostname = hostnameOf(request);
    const isOwnAddress = hostname === request.socket.localAddress?.replace(/^::ffff:/, '');
    const isListed = hosts.some((host) => host.toLowerCase() === hostname);
    if (isLoopbackName(hostname) || isOwnAddress || isListed || isOwnName(hostname)) {
      listener(request, response);
      return;
    }
    response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('This server is only available at localhost and the names that it was started with.\n');
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await serve(checked, port, hosts);
    } catch (error) {
      if (port !== 0 || !hasCode(error, 'EADDRINUSE') || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Returns whether only this machine can have a host name, which is in lowercase and without a port or brackets. */
export function isLoopbackName(hostname: string): boolean {
  return /^(?:(?:[^.@]+\.)*localhost|127\.0\.0\.1|::1)$/.test(hostname);
}

/** Returns the host name of the `Host` header in lowercase, without the port and without the brackets of IPv6. */
export function hostnameOf({ headers: { host = '' } }: Pick<IncomingMessage, 'headers'>): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
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
  let sharedPort = port;
  for (const host of hosts) {
    try {
      const server = await listen(listener, sharedPort, host);
      servers.push(server);
      sharedPort = (server.address() as AddressInfo).port;
    } catch (error) {
      if (servers.length > 0 && hasCode(error, 'EADDRNOTAVAIL')) continue;
      await close();
      throw error;
    }
  }
  return { port: sharedPort, close };
}

async function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  // Tests stall and slow down requests on purpose, so requests never time out.
  const server = createServer(
    { maxHeaderSize: 64 * 1024, requestTimeout: 0, keepAliveTimeout: 60_000 },
    (request, response) => {
      normalizeTarget(request);
      listener(request, response);
    },
  );
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
