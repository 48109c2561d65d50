/** Loads the SDK when it is first needed, once; after a failure the next call tries anew. */
import { UploadError } from '../../core/errors.js';
import type { OssSdk } from './sdk.js';

export type LoadSdk = () => Promise<OssSdk>;

export function createSdkLoader(load: LoadSdk = loadLeanSdk()): LoadSdk {
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
 * Firefox 153, and others of its time, remember a module that failed to load for as long as the page lives
 * (https://github.com/whatwg/html/issues/6768). At another address they ask the server again, and their message tells
 * which address it was.
 */
function loadLeanSdk(): LoadSdk {
  let failed: string | undefined;
  let times = 0;
  return async () => {
    try {
      return (await import('#slim-sdk')).default;
    } catch (error) {
      times += 1;
      if (failed === undefined) {
        failed = /https?:\/\/\S+/.exec(String(error))?.[0];
        throw error;
      }
      const address = `${failed}?again=${times}`;
      const again: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ address);
      return (again as { default: OssSdk }).default;
    }
  };
}
