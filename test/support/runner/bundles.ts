// Bundles each test file with the sources that it imports, and the packages once for all. Without bundles, a page requests
// up to 200 modules, and most test files take longer to load than to run.
import { relative, resolve, sep } from 'node:path';
import type { TestRunnerConfig } from '@web/test-runner';
import { build, type BuildOptions, type Plugin } from 'esbuild';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

export interface BundlesOptions {
  /** The folder that is served. */
  root: string;
  /** All test files that run in a page, relative to `root`. */
  files: string[];
  /** URLs of modules that aren't bundled, by the package or the path of the file that is imported. */
  separate: Record<string, string>;
}

/** Serves a bundle at the URL of each test file, so that `import.meta.url` is the same as without bundles. */
export function bundlesMiddleware({ root, files, separate }: BundlesOptions): Middleware {
  const output = new Map<string, string>();
  const tests = new Map<string, Promise<void>>();
  let packages: Promise<void> | undefined;

  const common = commonOptions(root);
  const ofTest = testOptions(root);
  const write = async (options: BuildOptions): Promise<void> => {
    const { outputFiles } = await build({ ...common, ...options, write: false });
    for (const { path, text } of outputFiles) output.set(`/${toPath(root, path)}`, text);
  };
  const bundleTest = (file: string): Promise<void> =>
    write({
      ...ofTest,
      entryPoints: [file],
      sourcemap: true,
      sourcesContent: false,
      plugins: [keepSeparate(root, separate)],
    });
  const bundlePackages = async (): Promise<void> => {
    const names = new Set<string>();
    // All packages are bundled at once, so that they share the modules that they import.
    const plugins = [keepSeparate(root, separate, names)];
    await build({ ...common, ...ofTest, entryPoints: files, plugins, write: false });
    await write({
      entryPoints: [...names].map((name) => ({ in: name, out: `${packageFolder.slice(1)}${name}` })),
      conditions: ['development'],
      define: { 'process.env.NODE_ENV': '"development"' },
      external: ['/__web-dev-server__*'],
    });
  };

  return async (context, next) => {
    const { path } = context;
    if (path.startsWith(packageFolder)) {
      await (packages ??= bundlePackages());
    } else if (path.startsWith('/test/') && files.includes(path.slice(1))) {
      if (!tests.has(path)) tests.set(path, bundleTest(path.slice(1)));
      await tests.get(path);
    }
    const body = output.get(path.replace(/\.ts$/, '.js'));
    if (body === undefined) {
      await next();
      return;
    }
    context.body = body;
    context.type = path.endsWith('.map') ? 'json' : 'js';
  };
}

const packageFolder = '/@packages/';

const commonOptions = (root: string): BuildOptions => ({
  absWorkingDir: root,
  outdir: root,
  bundle: true,
  // Keeps the modules that `import()` loads in files of their own.
  splitting: true,
  format: 'esm',
  logLevel: 'error',
});

const testOptions = (root: string): BuildOptions => ({
  outbase: root,
  chunkNames: '@chunks/[name]-[hash]',
  target: 'es2022',
  tsconfig: `${root}/tsconfig.json`,
  // package.json says which files of the published package have side effects, but not which sources and tests.
  ignoreAnnotations: true,
  treeShaking: false,
});

/** @param packages the names of the imported packages are added to it */
function keepSeparate(root: string, separate: Record<string, string>, packages?: Set<string>): Plugin {
  return {
    name: 'keep-separate',
    setup({ onResolve }) {
      onResolve({ filter: /^/ }, ({ path, kind, resolveDir }) => {
        if (kind === 'entry-point') return undefined;
        const isFile = /^[./]/.test(path);
        const url = separate[isFile ? toPath(root, resolve(resolveDir, path)) : path];
        if (url !== undefined) return { path: url, external: true };
        if (isFile) return undefined;
        packages?.add(path);
        return { path: `${packageFolder}${path}.js`, external: true };
      });
    },
  };
}

/** Returns the path relative to `root`, with slashes on every system. */
function toPath(root: string, file: string): string {
  return relative(root, file).replaceAll(sep, '/');
}
