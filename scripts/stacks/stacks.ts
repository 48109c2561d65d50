// The tools that the packed package is tested with.
import { join } from 'node:path';
import type { Consumer } from './consumer.js';
import {
  angularMain,
  angularProject,
  elementProgram,
  jestSetup,
  jestTest,
  reactPage,
  ssrProgram,
} from './programs.js';
import type { Served } from './upload.js';

export type Attributes = Readonly<Record<string, string>>;

export interface Stack {
  name: string;
  /** What the table says about the test. */
  use: string;
  /** In the cache. Stacks may share it. */
  folder: string;
  /** Installed from the registry, in addition to the package and its dependencies. */
  packages: readonly string[];
  /** The package whose version the table shows. */
  versionOf: string;
  /** Builds a site and returns it, or runs a program without a browser. Throws if that fails. */
  start(consumer: Consumer, attributes: Attributes): Promise<Served | void>;
}

const entry = "import 'oss-resumable-upload';\n";

function tag(attributes: Attributes): string {
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<oss-resumable-upload${list.join('')}></oss-resumable-upload>`;
}

function html(attributes: Attributes, head: string, content = tag(attributes)): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Upload</title>${head}</head>
<body><div id="root">${content}</div></body>
</html>
`;
}

const script = (src: string): string => `<script type="module" src="${src}"></script>`;

/** Writes the sources of a page, and builds them to `dist/`. */
function build(
  command: string,
  args: readonly string[],
  page = script('./page.js'),
  index?: string,
): Stack['start'] {
  return async (consumer, attributes) => {
    await consumer.write('page.js', entry);
    await consumer.write('index.html', html(attributes, page));
    if (index !== undefined) await consumer.write('dist/index.html', html(attributes, script(index)));
    await consumer.run(command, args);
    return { folder: join(consumer.path, 'dist') };
  };
}

function run(program: string, source: string): Stack['start'] {
  return async (consumer) => {
    await consumer.write(program, source);
    await consumer.run('node', [program]);
  };
}

const vite = (version: string): Stack[] => {
  const shared = { folder: `vite-${version}`, packages: [`vite@${version}`], versionOf: 'vite' };
  return [
    { ...shared, name: 'Vite', use: 'production build', start: build('vite', ['build', '--base', './']) },
    {
      ...shared,
      name: 'Vite',
      use: 'dev server',
      async start(consumer, attributes) {
        await consumer.write('page.js', entry);
        await consumer.write('index.html', html(attributes, script('/page.js')));
        // The page reaches the server through a proxy, which forwards no WebSocket.
        await consumer.write('vite.config.js', 'export default { server: { hmr: false, ws: false } };\n');
        return consumer.serve('vite', ['--force', '--host', '127.0.0.1', '--port', '0']);
      },
    },
  ];
};

const dom = ['jsdom', 'happy-dom', 'jest', 'jest-environment-jsdom', '@lit-labs/ssr', '@lit-labs/ssr-client'];

export const stacks: readonly Stack[] = [
  {
    name: 'import map',
    use: 'no bundler',
    folder: 'import-map',
    packages: [],
    versionOf: 'lit',
    async start(consumer, attributes) {
      const packages = ['lit', 'lit-html', 'lit-element', '@lit/reactive-element'];
      const imports = packages.flatMap((name) => {
        const file = name === '@lit/reactive-element' ? 'reactive-element' : name === 'lit' ? 'index' : name;
        return [
          [name, `/node_modules/${name}/${file}.js`],
          [`${name}/`, `/node_modules/${name}/`],
        ];
      });
      imports.push(['oss-resumable-upload', '/node_modules/oss-resumable-upload/lib/index.js']);
      const map = `<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(imports) as object })}</script>`;
      const page = `<script type="module">${entry}</script>`;
      await consumer.write('index.html', html(attributes, map + page));
      return { folder: consumer.path };
    },
  },
  {
    name: 'esbuild',
    use: '`--splitting`',
    folder: 'esbuild',
    packages: [],
    versionOf: 'esbuild',
    start: build(
      'esbuild',
      ['page.js', '--bundle', '--splitting', '--format=esm', '--outdir=dist'],
      '',
      './page.js',
    ),
  },
  {
    name: 'Rollup',
    use: 'with node-resolve',
    folder: 'rollup',
    packages: ['rollup@4', '@rollup/plugin-node-resolve@16'],
    versionOf: 'rollup',
    start: build('rollup', ['page.js', '--dir', 'dist', '--plugin', 'node-resolve'], '', './page.js'),
  },
  ...vite('5'),
  ...vite('latest'),
  {
    name: 'Parcel',
    use: 'production build',
    folder: 'parcel',
    packages: ['parcel'],
    versionOf: 'parcel',
    start: build('parcel', ['build', 'index.html', '--dist-dir', 'dist', '--public-url', './', '--no-cache']),
  },
  {
    name: 'webpack',
    use: 'production build',
    folder: 'webpack',
    packages: ['webpack', 'webpack-cli'],
    versionOf: 'webpack',
    start: build('webpack', ['--mode', 'production', '--entry', './page.js', '-o', 'dist'], '', './main.js'),
  },
  {
    name: 'Next',
    use: 'server rendering and hydration with `/react`, production build',
    folder: 'next',
    packages: ['next', 'react', 'react-dom'],
    versionOf: 'next',
    async start(consumer, attributes) {
      await consumer.write('app/layout.js', LAYOUT);
      await consumer.write('app/page.js', reactPage(attributes));
      await consumer.run('next', ['build']);
      return consumer.serve('next', ['start', '--port', '0', '--hostname', '127.0.0.1']);
    },
  },
  {
    name: 'Lit SSR',
    use: 'server rendering and hydration',
    folder: 'dom',
    packages: dom,
    versionOf: '@lit-labs/ssr',
    async start(consumer, attributes) {
      await consumer.write('ssr.mjs', ssrProgram);
      await consumer.write(
        'page.js',
        `import '@lit-labs/ssr-client/lit-element-hydrate-support.js';\n${entry}`,
      );
      const rendered = await consumer.run('node', ['ssr.mjs', JSON.stringify(attributes)]);
      await consumer.write('dist/index.html', html(attributes, script('./page.js'), rendered));
      await consumer.run('esbuild', ['page.js', '--bundle', '--splitting', '--format=esm', '--outdir=dist']);
      return { folder: join(consumer.path, 'dist') };
    },
  },
  {
    name: 'jsdom',
    use: 'creating, attaching and removing the element',
    folder: 'dom',
    packages: dom,
    versionOf: 'jsdom',
    start: run('jsdom.mjs', elementProgram('jsdom')),
  },
  {
    name: 'happy-dom',
    use: 'the same',
    folder: 'dom',
    packages: dom,
    versionOf: 'happy-dom',
    start: run('happy-dom.mjs', elementProgram('happy-dom')),
  },
  {
    name: 'Jest',
    use: 'the same, with jsdom and the configuration under [Unit tests](#unit-tests)',
    folder: 'dom',
    packages: dom,
    versionOf: 'jest',
    async start(consumer) {
      await consumer.write('jest.setup.cjs', jestSetup);
      await consumer.write('element.test.cjs', jestTest);
      await consumer.write('jest.config.json', JSON.stringify(JEST_CONFIG));
      await consumer.run('jest', ['--config', 'jest.config.json']);
    },
  },
  {
    name: 'Angular',
    use: 'production build',
    folder: 'angular',
    packages: [
      ...['build', 'cli', 'common', 'compiler', 'compiler-cli', 'core', 'platform-browser'].map(
        (name) => `@angular/${name}@20`,
      ),
      'typescript@5.9',
      'rxjs@7',
    ],
    versionOf: '@angular/core',
    async start(consumer, attributes) {
      const compilerOptions = {
        strict: true,
        target: 'es2022',
        module: 'es2022',
        moduleResolution: 'bundler',
        types: [],
      };
      await consumer.write('angular.json', JSON.stringify(angularProject));
      await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['src/main.ts'] }));
      await consumer.write('src/main.ts', angularMain(tag(attributes)));
      await consumer.write('src/index.html', html(attributes, '<base href="/">', '<app-root></app-root>'));
      await consumer.run('ng', ['build']);
      return { folder: join(consumer.path, 'dist/browser') };
    },
  },
  {
    name: 'TypeScript',
    use: 'types of all entry points, `skipLibCheck: false`',
    folder: 'typescript',
    packages: ['typescript@5.6', '@types/react@19', 'react@19'],
    versionOf: 'typescript',
    async start(consumer) {
      await consumer.write(
        'page.ts',
        "import 'oss-resumable-upload';\nimport 'oss-resumable-upload/core';\n",
      );
      await consumer.write(
        'react.ts',
        "import 'oss-resumable-upload/react';\nimport 'oss-resumable-upload/jsx';\n",
      );
      const compilerOptions = { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: [] };
      await consumer.write(
        'tsconfig.json',
        JSON.stringify({ compilerOptions, files: ['page.ts', 'react.ts'] }),
      );
      await consumer.run('tsc', ['-p', '.']);
    },
  },
];

const LAYOUT = `export default function Layout({ children }) {
  return <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;
}
`;

const JEST_CONFIG = {
  testEnvironment: 'jsdom',
  setupFiles: ['./jest.setup.cjs'],
  testMatch: ['**/*.test.cjs'],
  moduleNameMapper: { '^oss-resumable-upload$': 'oss-resumable-upload/dist/oss-resumable-upload.iife.js' },
};
