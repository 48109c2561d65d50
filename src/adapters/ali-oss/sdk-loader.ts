/** Loads the SDK once, on first use. After a failure the next call tries again. */
import { UploadError } from '../../core/errors.js';
import type { OssSdk } from './sdk.js';

export type LoadSdk = () => Promise<OssSdk>;

/**
 * Wraps a loader so that all callers share one load.
 *
 * @param load imports the SDK; the slim bundle by default
 * @returns a function that rejects with the `UploadError` `sdk-unavailable` if loading fails
 */
export function createSdkLoader(load: LoadSdk = createSlimSdkLoader()): LoadSdk {
  let loading: Promise<OssSdk> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new UploadError('sdk-unavailable', { cause });
    });
    return loading;
  };
}

/**
 * Creates a loader that works around browsers that cache a failed module import for the lifetime of the page, such as
 * Firefox 153 (https://github.com/whatwg/html/issues/6768). They request the module again only from a different URL.
 * The first error message contains the original URL; a query string makes it different.
 */
function createSlimSdkLoader(): LoadSdk {
  let failedUrl: string | undefined;
  let failures = 0;
  return async () => {
    try {
      return (await import('#slim-sdk')).default;
    } catch (error) {
      failures += 1;
      if (failedUrl === undefined) {
        failedUrl = /https?:\/\/\S+/.exec(String(error))?.[0];
        throw error;
      }
      const url = `${failedUrl}?again=${failures}`;
      const module: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ url);
      return (module as { default: OssSdk }).default;
    }
  };
}
