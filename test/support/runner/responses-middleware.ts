// Serves the prepared responses of test/support/responses.ts, and records the requests for them.
import { text } from 'node:stream/consumers';
import type { TestRunnerConfig } from '@web/test-runner';
import { CALLBACK_PATH, CALLBACK_RESPONSE, type ReceivedRequest, type StubResponse } from '../responses.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

export function responsesMiddleware(): Middleware {
  const received = new Map<string, ReceivedRequest[]>();
  return async (context, next): Promise<void> => {
    const { pathname, searchParams } = new URL(context.href);
    const id = searchParams.get('id') ?? '';
    if (pathname === '/@received-requests') {
      context.body = received.get(id) ?? [];
      return;
    }
    if (pathname !== '/@response' && pathname !== CALLBACK_PATH) {
      await next();
      return;
    }
    const body = await text(context.req);
    const requests = received.get(id) ?? [];
    received.set(id, [...requests, { method: context.method, headers: context.headers, body }]);
    const responses: StubResponse[] =
      pathname === CALLBACK_PATH
        ? [{ body: CALLBACK_RESPONSE }]
        : (JSON.parse(searchParams.get('responses') ?? '[]') as StubResponse[]);
    const response = responses[Math.min(requests.length, responses.length - 1)] ?? {};
    const { status, headers, never, breaks } = response;
    if (never || breaks) context.respond = false;
    if (never) return;
    if (breaks) {
      const { res, req } = context;
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      res.write('{"AccessKeyId":', () => req.socket.destroy());
      return;
    }
    context.body = response.body ?? '';
    context.status = status ?? 200;
    context.set({ 'content-type': 'application/json', ...headers });
  };
}
