/** Tells tabs and elements about changes of saved uploads, over a BroadcastChannel. Does nothing where there is none. */

import type { Channel } from '../../core/ports.js';

const NAME = 'oss-resumable-upload';

export const broadcastChannel: Channel = {
  post() {
    const channel = open();
    channel?.postMessage(undefined);
    channel?.close();
  },

  subscribe(listener) {
    const channel = open();
    channel?.addEventListener('message', listener);
    return () => channel?.close();
  },
};

/**
 * Connects this page to the other tabs, for as long as it exists: also in the back/forward cache, from which browsers drop a
 * page that misses a message.
 *
 * @param listener called with each message of another tab
 * @returns a function that sends a message to the other tabs
 */
export function connectTabs(name: string, listener: (message: unknown) => void): (message: unknown) => void {
  const channel = open(`${NAME}-${name}`);
  channel?.addEventListener('message', ({ data }) => listener(data));
  return (message) => channel?.postMessage(message);
}

function open(name = NAME): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    // The API is unavailable, or forbidden in this context.
    return undefined;
  }
}
