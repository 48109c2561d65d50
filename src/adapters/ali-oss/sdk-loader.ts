/** Loads the SDK once, on first use. After a failure the next call tries again. */
import { UploadError } from '../../core/errors.js';
import { inTime, loadChunk } from '../../load-chunk.js';
import type { OssSdk } from './sdk.js';

export type LoadSdk = () => Promise<OssSdk>;

/**
 * Wraps a loader so that all callers share one load.
 *
 * @param load imports the SDK; the slim bundle by default
 * @returns a function that rejects with the `UploadError` `sdk-unavailable` if loading fails
 */
export function createSdkLoader(load: LoadSdk = loadSlimSdk): LoadSdk {
  let loading: Promise<OssSdk> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new UploadError('sdk-unavailable', { cause });
    });
    return loading;
  };
}

/** Imports the slim bundle. */
export async function loadSlimSdk(): Promise<OssSdk> {
  const name = 'slim-sdk';
  return (
    await inTime(
      loadChunk(() => import('../../slim-sdk.js'), name, 'default'),
      name,
    )
  ).default;
}
