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

function open(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    // The API is unavailable, or forbidden in this context.
    return undefined;
  }
}
