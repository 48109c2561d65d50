/** Loads uploads-panel.ts, once for all elements of the page. */

import { withinTime } from './core/time-limit.js';
import { loadChunk } from './load-chunk.js';
import type * as Panel from './uploads-panel.js';

export type PanelModule = typeof Panel;

/** Delays before the further attempts of a call, in milliseconds. */
const RETRY_DELAYS = [300, 1_500];

/** How long an attempt may take, in milliseconds. */
const ATTEMPT_TIME_LIMIT = 30_000;

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

/** Loads the module. Rejects if several attempts fail. The next call tries again. */
export function loadPanel(): Promise<PanelModule> {
  return (loading ??= load());
}

async function load(): Promise<PanelModule> {
  const panel = await importWithRetries();
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
  return panel;
}

async function importWithRetries(): Promise<PanelModule> {
  for (let failures = 0; ; failures++) {
    try {
      const importing = loadChunk(() => import('./uploads-panel.js'), 'uploads-panel', 'UploadsPanel');
      return await withinTime(importing, ATTEMPT_TIME_LIMIT);
    } catch (error) {
      const delay = RETRY_DELAYS[failures];
      if (delay === undefined) {
        loading = undefined;
        addEventListener('online', () => void loadPanel().catch(() => {}), { once: true });
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
