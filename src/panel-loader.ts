/** Loads uploads-panel.ts, once for all elements of the page. */

import { TimeoutError } from './core/time-limit.js';
import { inTime, loadChunk } from './load-chunk.js';
import type * as Panel from './uploads-panel.js';

export type PanelModule = typeof Panel;

/** Delays before the further attempts of a call, in milliseconds. */
const RETRY_DELAYS = [300, 1_500];

const NAME = 'uploads-panel';

let loaded: PanelModule | undefined;
let loading: Promise<PanelModule> | undefined;
const listeners = new Set<(panel: PanelModule) => void>();

/** The module, if it is loaded. */
export function loadedPanel(): PanelModule | undefined {
  return loaded;
}

/** Calls the listener when the module has loaded. Returns a function that removes it. */
export function onPanelLoaded(listener: (panel: PanelModule) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Loads the module. Rejects if several attempts fail, or after 30 seconds. The next call tries again. */
export function loadPanel(): Promise<PanelModule> {
  return (loading ??= load());
}

async function load(): Promise<PanelModule> {
  for (let failures = 0; ; failures++) {
    try {
      const importing = loadChunk(() => import('./uploads-panel.js'), NAME, 'UploadsPanel');
      // Also if it arrives too late.
      importing.then(onLoaded, () => {});
      return await inTime(importing, NAME);
    } catch (error) {
      const delay = error instanceof TimeoutError ? undefined : RETRY_DELAYS[failures];
      if (delay === undefined) {
        loading = undefined;
        addEventListener('online', () => void loadPanel().catch(() => {}), { once: true });
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

function onLoaded(panel: PanelModule): void {
  loaded = panel;
  // In all elements at once, because an unfinished upload is shown in the one that it belongs to.
  for (const listener of listeners) {
    try {
      listener(panel);
    } catch (error) {
      // A subclass may fail to create its engine. Other elements work.
      reportError(error);
    }
  }
  listeners.clear();
}
