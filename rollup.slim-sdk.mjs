// Bundles the SDK's browser client to lib/slim-sdk.js, with its dependencies replaced by lib/adapters/ali-oss/slim/.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const root = dirname(fileURLToPath(import.meta.url));
const compiled = join(root, 'lib/adapters/ali-oss/slim');
const sdkRoot = dirname(createRequire(import.meta.url).resolve('ali-oss/package.json'));
const { version } = JSON.parse(readFileSync(join(sdkRoot, 'package.json'), 'utf8'));

/** Maps module names to the exports of shims.ts that replace them. */
const dependencies = {
  agentkeepalive: 'Agent',
  bowser: 'nothing',
  buffer: 'buffer',
  'copy-to': 'copy',
  dateformat: 'dateFormat',
  debug: 'debug',
  fs: 'nothing',
  'humanize-ms': 'milliseconds',
  'is-type-of': 'isTypeOf',
  'lodash/isArray': 'isArray',
  'lodash/isObject': 'isObject',
  'lodash/isString': 'isString',
  'lodash/toString': 'toText',
  mime: 'mime',
  path: 'path',
  platform: 'platform',
  process: 'process',
  qs: 'qs',
  url: 'url',
  urllib: 'nothing',
  utility: 'utility',
  xml2js: 'nothing',
};

/** Maps paths of the SDK's own modules to such exports. */
const sdkModules = [
  [/^lib\/browser\/managed-upload$/, 'managedUpload'],
  [/^lib\/common\/parallel$/, 'parallel'],
  [/^lib\/common\/utils\/isIP$/, 'isIP'],
  [/^lib\/common\/utils\/isDingTalk$/, 'isDingTalk'],
  [/^lib\/browser\/bucket$/, 'nothing'],
  // SHA-1, of V1 signatures.
  [/^shims\/crypto\/sha$/, 'nothing'],
  [/^lib\/common\/(bucket\/|object\/(?!getObjectMeta$|signPostObjectPolicyV4$))/, 'nothing'],
  [/^lib\/common\/(image|multipart-copy|utils\/obj2xml|utils\/parseRestoreInfo)$/, 'nothing'],
];

const shims = {
  name: 'shims',
  resolveId(source, importer) {
    if (!importer?.startsWith(sdkRoot)) return null;
    if (source === 'crypto') return join(sdkRoot, 'shims/crypto/crypto.js');
    const path = relative(sdkRoot, resolve(dirname(importer), source));
    const name = source.startsWith('.')
      ? sdkModules.find(([pattern]) => pattern.test(path))?.[1]
      : dependencies[source];
    return name === undefined ? null : `\0shim:${name}`;
  },
  load(id) {
    const name = /^\0shim:(\w+)$/.exec(id)?.[1];
    return name && `export { ${name} as default } from ${JSON.stringify(join(compiled, 'shims.js'))};`;
  },
  /** The SDK uses the Node globals `Buffer` and `process`. */
  transform(code, id) {
    if (!id.startsWith(sdkRoot)) return null;
    const uses = (name) => new RegExp(`\\b${name}\\b`).test(code) && !code.includes(`var ${name} =`);
    const globals = [
      uses('Buffer') ? "const { Buffer } = require('buffer');" : '',
      uses('process') ? "const process = require('process');" : '',
    ].join('');
    return globals === '' ? null : { code: globals + code, map: null };
  },
};

export default {
  input: join(compiled, 'entry.js'),
  plugins: [shims, nodeResolve({ browser: true }), commonjs({ requireReturnsDefault: 'preferred' })],
  onwarn(warning) {
    throw new Error(`The slim SDK bundle is incomplete: ${warning.message}`);
  },
  output: {
    file: join(root, 'lib/slim-sdk.js'),
    format: 'es',
    sourcemap: true,
    banner: `/*! ali-oss ${version}, MIT, Copyright Alibaba Cloud and contributors: https://github.com/ali-sdk/ali-oss */`,
    plugins: [
      terser({
        ecma: 2022,
        module: true,
        compress: { passes: 3, inline: 1 },
        format: { comments: /^!/ },
      }),
    ],
  },
};
