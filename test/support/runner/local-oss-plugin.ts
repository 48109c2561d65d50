// Runs an OSS emulator next to Web Test Runner's server. Serves its URL and access key to the pages, and its control API,
// which allows no other origin.
import type { IncomingMessage } from 'node:http';
import type { TestRunnerConfig, TestRunnerPlugin } from '@web/test-runner';
import { CONTROL_PATH, ControlApi } from '../../../dev/oss-emulator/control-api.js';
import { type LocalOss, startLocalOss } from '../../../dev/oss-emulator/local-oss.js';
import { hostnameOf, isLoopbackName } from '../../../dev/oss-emulator/loopback-server.js';
import { CALLBACK_PATH } from '../responses.js';
import type { LocalOssAccess } from './local-oss.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** Another host name may be a DNS rebinding attack. */
const isLocal = (request: IncomingMessage): boolean => isLoopbackName(hostnameOf(request));

export function localOss(): { plugin: TestRunnerPlugin; middleware: Middleware } {
  let server: LocalOss | undefined;
  let control: ControlApi | undefined;
  return {
    plugin: {
      name: 'local-oss',
      async serverStart({ config: { hostname, port } }) {
        server = await startLocalOss({ callbacks: [`http://${hostname}:${port}${CALLBACK_PATH}`] });
        control = new ControlApi(server);
      },
      async serverStop() {
        await server?.close();
      },
      serve({ path, req }) {
        if (path !== '/@local-oss.json' || !server || !isLocal(req)) return undefined;
        const { url, controlToken, accessKey } = server;
        const access: LocalOssAccess = { url, controlToken, ...accessKey };
        return { body: JSON.stringify(access), type: 'json' };
      },
    },
    middleware: (context, next) => {
      if (!control || !context.path.startsWith(CONTROL_PATH)) return next();
      context.respond = false;
      // Its resolution of a second is too coarse for tokens that are valid for less than that.
      context.res.sendDate = false;
      return control.handle(context.req, context.res);
    },
  };
}
