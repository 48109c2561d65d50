// Bundles the output of `tsc` in lib/: the slim SDK, the React wrapper, the worker, an ES module and a classic script.
import { existsSync, readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import license from 'rollup-plugin-license';
import slimSdk from './rollup.slim-sdk.mjs';

const { name, version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const worker = 'crc64-worker';

/** Loads the source maps of `tsc`, so that debuggers show the TypeScript sources. */
const compiledSourceMaps = {
  name: 'compiled-source-maps',
  load(id) {
    if (!existsSync(`${id}.map`)) return null;
    return { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') };
  },
};

/** Replaces a pattern in all modules, and fails the build if no module contains it. */
const replace = (pattern, replacement) => {
  let isReplaced = false;
  return {
    name: 'replace',
    transform(code) {
      const replaced = code.replaceAll(pattern, () => replacement);
      if (replaced === code) return null;
      isReplaced = true;
      return { code: replaced, map: null };
    },
    buildEnd(error) {
      if (!error && !isReplaced) this.error(`No module contains \`${pattern}\`.`);
    },
  };
};

/**
 * Returns the name of a file in dist/ that others import. It contains the version, because the files of different versions don't
 * work together, and a cache may have kept older ones. A page may register a language, so its file always has the same name.
 */
const chunkName = (chunk, isLocale = false) => `${name}.${chunk}${isLocale ? '' : `-${version}`}.js`;

/** The worker has another name in dist/ than in lib/. */
const workerUrl = replace(
  `new URL('./${worker}.js', import.meta.url)`,
  `new URL('./${chunkName(worker)}', import.meta.url)`,
);

/** The classic script is a single file, and a Blob URL would require `worker-src blob:` in a strict CSP. */
const noWorker = {
  name: 'no-worker',
  load: (id) =>
    id.endsWith('create-checksum-worker.js')
      ? "export async function createChecksumWorker() { throw new Error('The classic script has no worker.'); }"
      : null,
};

/** The other languages would add 22 kB gzipped to the classic script. Pages can register those that they need. */
const fewLocales = replace(/^.*\bimport\('\.\/locales\/(?!zh-hans\b)[\w-]+\.js'\).*\n/gm, '');

/** Minifies the style sheet, which is text to the JavaScript minifier. */
const minifiedStyles = {
  name: 'minified-styles',
  async transform(code, id) {
    if (!id.endsWith('.styles.js')) return null;
    const [literal, css] = /css\s*`(.*?)`/s.exec(code) ?? this.error(`${id} has no css literal.`);
    if (css.includes('${')) this.error(`${id} has an expression in its css literal.`);
    const { code: minified } = await transform(css, { loader: 'css', minify: true });
    // The minifier writes characters beyond ASCII as CSS escapes, whose backslash the literal must contain.
    const text = minified.trim().replace(/[\\`]|\$\{/g, '\\$&');
    // Without the tag, Lit's code for expressions in style sheets isn't bundled.
    const tagImport = /\bcss\b(?=.* from 'lit')/;
    if (!tagImport.test(code)) this.error(`${id} doesn't import css from lit in one line.`);
    const untagged = code.replace(literal, () => `unsafeCSS(\`${text}\`)`).replace(tagImport, 'unsafeCSS');
    return { code: untagged, map: null };
  },
};

/** Joins the lines of Lit's templates, which are text to the JavaScript minifier. */
const minifiedTemplates = {
  name: 'minified-templates',
  transform(code) {
    if (!/\b(?:html|svg) ?`/.test(code)) return null;
    const texts = [];
    const collect = (node) => {
      if (node.type === 'TaggedTemplateExpression' && /^(?:html|svg)$/.test(node.tag.name)) {
        texts.push(...node.quasi.quasis);
      }
      for (const child of Object.values(node).flat()) if (child?.type) collect(child);
    };
    collect(this.parse(code));
    let minified = '';
    let end = 0;
    for (const { start, end: textEnd, tail } of texts.sort((a, b) => a.start - b.start)) {
      const text = code.slice(start, textEnd);
      const delimiter = tail ? '`' : '${';
      // The line breaks move out of the text. With the same number of lines, the source map stays correct.
      const lineBreaks = text.replace(/[^\n]+/g, '');
      minified += code.slice(end, start) + text.replace(/\s*\n\s*/g, ' ') + delimiter + lineBreaks;
      end = textEnd + delimiter.length;
    }
    return { code: minified + code.slice(end), map: null };
  },
};

/** Replaces Lit's decorators with the calls that they make. Lit's code for them and the helper of `tsc` aren't bundled. */
const plainDecorators = {
  name: 'plain-decorators',
  transform(code) {
    if (!code.includes('__decorate(')) return null;
    const decorated =
      /__decorate\(\[\s+(property|state)\((.*?)\)\s+\], (\w+)\.prototype, ("\w+"), (?:void 0|null)\);/gs;
    const plain = code
      .replace(decorated, (_, decorator, options, element, name) => {
        if (decorator === 'state' && options) this.error('The build knows `state` only without options.');
        const given = decorator === 'state' ? '{ state: true }' : options;
        // With the same number of lines, the source map stays correct.
        return `\n\n${element}.createProperty(${name}${given && `, ${given}`});`;
      })
      .replace(/^var __decorate = .*?^\};/ms, '/* $& */');
    if (plain.includes('__decorate(')) this.error('The build knows only `property` and `state`.');
    return { code: plain, map: null };
  },
};

/** Collects the license texts of all bundled packages, as the licenses require. All bundles share this instance. */
const licenseTexts = license({
  thirdParty: {
    output: ['lib', 'dist'].map((folder) => ({
      file: `${folder}/third-party-licenses.txt`,
      template: (dependencies) =>
        dependencies
          .map(({ name, version, license, licenseText }) =>
            `${name} ${version} (${license})\n\n${licenseText ?? ''}`.trimEnd(),
          )
          .sort()
          .join(`\n\n${'-'.repeat(80)}\n\n`),
    })),
  },
});

const plugins = [
  licenseTexts,
  compiledSourceMaps,
  minifiedStyles,
  minifiedTemplates,
  plainDecorators,
  nodeResolve({ browser: true, exportConditions: ['production'] }),
];
const output = {
  sourcemap: true,
  // Terser's `module` option follows from the format. Set for all, it would remove the global of the classic script.
  plugins: [
    // Inlined functions and sequences are shorter, but compress worse.
    terser({
      ecma: 2022,
      compress: { passes: 3, inline: 1, sequences: false },
      format: { comments: /^!/ },
    }),
  ],
  banner: `/*! ${name} ${version}, MIT, see third-party-licenses.txt */`,
};

/**
 * Bundles @lit/react (1.4 kB), because as a dependency it would install React's types for every user.
 * The output replaces the input, which Rollup has read by then.
 */
const reactWrapper = {
  input: 'lib/frameworks/react.js',
  external: ['react', '../index.js'],
  plugins,
  output: {
    file: 'lib/frameworks/react.js',
    format: 'es',
    sourcemap: true,
    // Marks the component as a client component for frameworks with server components.
    banner: "'use client';",
  },
};

/**
 * Bundles the worker, because it can't import the file that contains the element, and bundlers copy the file of
 * `new URL(…, import.meta.url)` without its imports. Not minified: Vite would turn a file below 4 KiB into a `data:` URL,
 * which a strict policy blocks. The output replaces the input.
 */
const libWorker = {
  input: `lib/adapters/browser/${worker}.js`,
  plugins,
  output: { file: `lib/adapters/browser/${worker}.js`, format: 'es', sourcemap: true },
};

export default [
  { ...slimSdk, plugins: [licenseTexts, ...slimSdk.plugins] },
  reactWrapper,
  libWorker,
  {
    input: { [name]: 'lib/index.js' },
    plugins: [...plugins, workerUrl],
    output: {
      ...output,
      dir: 'dist',
      format: 'es',
      chunkFileNames: ({ name: chunk, facadeModuleId }) =>
        chunkName(chunk, /[\\/]i18n[\\/]locales[\\/][^\\/]+$/.test(facadeModuleId ?? '')),
      // Not in the entry, which a page may load with a query such as ?v=2: the chunk would import another copy of it.
      manualChunks: { shell: ['lib/oss-resumable-upload.js', 'lib/core/errors.js', 'lib/i18n/registry.js'] },
    },
  },
  {
    input: 'lib/index.js',
    plugins: [noWorker, ...plugins, fewLocales],
    output: {
      ...output,
      file: `dist/${name}.iife.js`,
      format: 'iife',
      name: 'OssResumableUpload',
      inlineDynamicImports: true,
    },
  },
];
