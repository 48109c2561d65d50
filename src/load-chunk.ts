/**
 * Imports the modules that are loaded on demand. Names a missing file in the console, and loads it on a later call although
 * the browser caches the failure.
 */

import { TimeoutError, withinTime } from './core/time-limit.js';
import { logOnce } from './log-once.js';

/** After this time, a module counts as missing, in milliseconds. */
const LOAD_TIME_LIMIT = 30_000;

/** Modules by name, while they are loading and once they are loaded. */
const modules = new Map<string, Promise<object>>();
const failures = new Map<string, { url: string | undefined; count: number }>();

/**
 * Imports a module once. All callers share it. After a failure, the next call tries again.
 *
 * @param load imports the module
 * @param name of the file, without extension
 * @param exported name of one of its exports
 * @returns a promise that rejects with the error of `load`
 *
 * @example
 * const { default: locale } = await loadChunk(() => import('./locales/de.js'), 'de', 'default');
 */
export function loadChunk<Module extends object>(
  load: () => Promise<Module>,
  name: string,
  exported: string & keyof Module,
): Promise<Module> {
  const shared = modules.get(name) as Promise<Module> | undefined;
  if (shared) return shared;
  const loading = attempt(load, name, exported);
  modules.set(name, loading);
  loading.catch(() => modules.delete(name));
  return loading;
}

/**
 * Firefox 153 caches a failed import for the lifetime of the page (https://github.com/whatwg/html/issues/6768). It requests
 * the module again only from a different URL. The error message contains the original one; a query makes it different.
 */
async function attempt<Module extends object>(
  load: () => Promise<Module>,
  name: string,
  exported: string,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const failure = failures.get(name);
    if (!failure) {
      const url = urlIn(error);
      failures.set(name, { url, count: 1 });
      reportMissing(name, url);
    } else if (failure.url && !isIntegrityChecked()) {
      const url = new URL(failure.url);
      url.searchParams.set('again', String(failure.count++));
      const module = (await import(
        /* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ url.href
      )) as Module;
      // The URL may be that of a module that the missing one imports.
      if (exported in module) return module;
    }
    throw error;
  }
}

/** Returns the URL that the browser couldn't import. Loaders of bundlers throw other errors, and don't cache them. */
function urlIn(error: unknown): string | undefined {
  return error instanceof TypeError ? /https?:\/\/\S+/.exec(error.message)?.[0] : undefined;
}

/** Whether import maps contain hashes. Browsers look them up by URL, so a module from a different URL isn't checked. */
function isIntegrityChecked(): boolean {
  const importMaps = [...document.querySelectorAll('script[type=importmap]')];
  return importMaps.some(({ textContent }) => textContent.includes('"integrity"'));
}

/**
 * Settles like `loading`, or rejects after 30 seconds. A server or a connection may never answer. If the module arrives later,
 * the next call of {@link loadChunk} resolves.
 *
 * @param name of the file, without extension
 */
export async function inTime<Module>(loading: Promise<Module>, name: string): Promise<Module> {
  try {
    return await withinTime(loading, LOAD_TIME_LIMIT);
  } catch (error) {
    if (error instanceof TimeoutError) reportMissing(name);
    throw error;
  }
}

/** Names a missing module in the console. @param url where it is expected, if known */
function reportMissing(name: string, url?: string): void {
  const folder = url ? new URL('.', url).href : 'the folder of the main script';
  logOnce(
    'error',
    `Can't load ${url ?? `the module "${name}"`}. Deploy all files of the build to ${folder}. ` +
      'A CSP must allow them.',
  );
}
