// Serves on a port of this machine's loopback, or on the next one that is free. Knows nothing of what is served.

import type { RequestListener } from 'node:http';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';

const LAST_PORT = 65_535;

/**
 * @param wanted The first port to try; 0 takes any.
 * @throws {RangeError} where no port from there on is free, or for a port that can't be.
 */
export async function serveOnNextFreePort(
  listener: RequestListener,
  wanted: number,
): Promise<LoopbackServer> {
  if (wanted === 0) return await serveLoopback(listener);
  for (let port = wanted; port <= LAST_PORT; port += 1) {
    try {
      return await serveLoopback(listener, port);
    } catch (error) {
      // Ports that this user may not take are as good as busy.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  throw new RangeError(`No port from ${wanted} on is free.`);
}
