// Runs an OSS emulator next to Web Test Runner's server, and serves its URL and access key to the pages.
import type { TestRunnerPlugin } from '@web/test-runner';
import { LOCAL_ACCESS_KEY, type LocalOss, startLocalOss } from '../../../dev/oss-emulator/local-oss.js';
import type { LocalOssAccess } from './local-oss.js';

export function localOssPlugin(): TestRunnerPlugin {
  let server: LocalOss | undefined;
  return {
    name: 'local-oss',
    async serverStart() {
      server = await startLocalOss();
    },
    async serverStop() {
      await server?.close();
    },
    serve({ path }) {
      if (path !== '/@local-oss.json' || !server) return undefined;
      const access: LocalOssAccess = { url: server.url, ...LOCAL_ACCESS_KEY };
      return { body: JSON.stringify(access), type: 'json' };
    },
  };
}
