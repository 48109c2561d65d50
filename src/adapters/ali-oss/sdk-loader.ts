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
 * Firefox before 155 and Chromium before 150 answer a module that failed to load once from memory, for as long as the
 * page lives: https://github.com/whatwg/html/issues/6768. At another address they ask the server again, and their
 * message tells which address that was.
 */
function loadLeanSdk(): LoadSdk {
  let failures = 0;
  let address: string | undefined;
  return async () => {
    try {
      return (await import('#lean-sdk')).default;
    } catch (error) {
      const again = address;
      address ??= /https?:\/\/\S+/.exec(String(error))?.[0];
      if (again === undefined) throw error;
      const module = (await import(
        /* @vite-ignore */ /* webpackIgnore: true */ `${again}?again=${++failures}`
      )) as {
        default: OssSdk;
      };
      return module.default;
    }
  };
}
