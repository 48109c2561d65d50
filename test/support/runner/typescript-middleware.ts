// Serves `x.ts` where a page asks for `x.js` by URL, as it does for a worker: only imports are resolved otherwise.
import { existsSync } from 'node:fs';
import type { TestRunnerConfig } from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

export function typescriptMiddleware(root: string): Middleware {
  return (context, next) => {
    const source = context.path.replace(/\.js$/, '.ts');
    if (context.path.startsWith('/src/') && source !== context.path && existsSync(root + source))
      context.path = source;
    return next();
  };
}
