// Starts a loopback server on a port, or on the next free one.

import type { RequestListener } from 'node:http';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';

const LAST_PORT = 65_535;

/**
 * @param firstPort The first port to try; 0 for any free port.
 * @throws {RangeError} If the port is invalid, or no port from there on is free.
 */
export async function serveOnNextFreePort(
  listener: RequestListener,
  firstPort: number,
): Promise<LoopbackServer> {
  if (firstPort === 0) return await serveLoopback(listener);
  for (let port = firstPort; port <= LAST_PORT; port += 1) {
    try {
      return await serveLoopback(listener, port);
    } catch (error) {
      // A port that requires privileges is treated like a busy one.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  throw new RangeError(`No free port at or above ${firstPort}.`);
}
