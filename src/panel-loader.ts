/** Loads uploads-panel.ts, once for all elements of the page. */

import { withinTime } from './core/time-limit.js';
import type * as Panel from './uploads-panel.js';

export type PanelModule = typeof Panel;

/** Delays before the further attempts of a call, in milliseconds. */
const RETRY_DELAYS = [300, 1_500];

/** How long an attempt may take, in milliseconds. */
const ATTEMPT_TIME_LIMIT = 30_000;

let loaded: PanelModule | undefined;
let loading: Promise<PanelModule> | undefined;
const listeners = new Set<(panel: PanelModule) => void>();

/** Where the module failed to load. */
let url: string | undefined;
let retries = 0;

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
      return await withinTime(importPanel(), ATTEMPT_TIME_LIMIT);
    } catch (error) {
      // As Chromium and Firefox name it. Other browsers load the same URL again.
      url ??= /dynamically imported module: (\S+)/.exec(String(error))?.[1];
      const delay = RETRY_DELAYS[failures];
      if (delay === undefined) {
        loading = undefined;
        addEventListener('online', () => void loadPanel().catch(() => {}), { once: true });
        report(error);
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

/** Firefox remembers that a URL has failed, until the page is reloaded. */
function importPanel(): Promise<PanelModule> {
  if (!url) return import('./uploads-panel.js');
  const retry = new URL(url);
  retry.searchParams.set('retry', String(++retries));
  return import(/* @vite-ignore */ /* webpackIgnore: true */ retry.href) as Promise<PanelModule>;
}

function report(error: unknown): void {
  // eslint-disable-next-line no-console -- for the developer who builds the page
  console.error(
    `<oss-resumable-upload> ${url ?? 'A module'} can’t be loaded. The file belongs in the folder of ` +
      `oss-resumable-upload.js, and the Content-Security-Policy must allow it. ${String(error)}`,
  );
}
