// A server of the page's own that answers what a test asks it to, and says what it was asked.
import type { TestRunnerConfig } from '@web/test-runner';
import type { AnswerRequest, ServedRequest } from '../responses.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

export function answersMiddleware(): Middleware {
  const served = new Map<string, ServedRequest[]>();
  return async (context, next): Promise<void> => {
    const { pathname, searchParams } = new URL(context.href);
    const id = searchParams.get('id') ?? '';
    if (pathname === '/@answers') {
      context.body = served.get(id) ?? [];
      return;
    }
    if (pathname !== '/@answer') {
      await next();
      return;
    }
    const requests = served.get(id) ?? [];
    served.set(id, [...requests, { method: context.method, headers: context.headers }]);
    const answers = JSON.parse(searchParams.get('answers') ?? '[]') as AnswerRequest[];
    const { status, headers, body, never, breaks } =
      answers[Math.min(requests.length, answers.length - 1)] ?? {};
    if (never || breaks) context.respond = false;
    if (never) return;
    if (breaks) {
      const { res, req } = context;
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      res.write('{"AccessKeyId":', () => req.socket.destroy());
      return;
    }
    context.body = body ?? '';
    context.status = status ?? 200;
    context.set({ 'content-type': 'application/json', ...headers });
  };
}
