/** Loads uploads-panel.ts, once for all elements of the page. */

import { TimeoutError, withinTime } from './core/time-limit.js';
import { loadChunk, reportMissing } from './load-chunk.js';
import { logOnce } from './log-once.js';
import type * as Panel from './uploads-panel.js';

export type PanelModule = typeof Panel;

/** Delays before the further attempts of a call, in milliseconds. */
const RETRY_DELAYS = [300, 1_500];

/** After this time, the module counts as missing, in milliseconds. If it arrives later, it is used. */
const LOAD_TIME_LIMIT = 30_000;

const NAME = 'uploads-panel';

/** Replaced by the version. The files of a build only work together. */
const build = 'unbundled';

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
      const importing = loadChunk(() => import('./uploads-panel.js'), NAME, 'UploadsPanel').then(checkBuild);
      importing.then(onLoaded, () => {});
      return await withinTime(importing, LOAD_TIME_LIMIT);
    } catch (error) {
      const isSlow = error instanceof TimeoutError;
      const delay = isSlow ? undefined : RETRY_DELAYS[failures];
      if (delay === undefined) {
        if (isSlow) reportMissing(NAME);
        loading = undefined;
        addEventListener('online', () => void loadPanel().catch(() => {}), { once: true });
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

/** The site may have been updated while the page was open, or may serve the files of different versions. */
function checkBuild(panel: PanelModule): PanelModule {
  if (panel.build === build) return panel;
  const text = `"${NAME}" has version ${panel.build}, not ${build}. Reload the page, or deploy one version.`;
  logOnce('error', text);
  throw new Error(text);
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
