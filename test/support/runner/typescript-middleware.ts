// Serves `x.ts` for the URL `x.js`. The dev server does that only for imports, not for the URL of a worker. The slim SDK has
// no source of its own, so the built one is served.
import { existsSync } from 'node:fs';
import type { TestRunnerConfig } from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

export function typescriptMiddleware(root: string): Middleware {
  return (context, next) => {
    if (context.path === '/src/slim-sdk.js') context.path = '/lib/slim-sdk.js';
    const source = context.path.replace(/\.js$/, '.ts');
    if (context.path.startsWith('/src/') && source !== context.path && existsSync(root + source))
      context.path = source;
    return next();
  };
}
