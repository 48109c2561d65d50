// The layers of src/. Imports, including type imports, point down only and never form a cycle.
// `npm run lint:layers` checks the rules. CONTRIBUTING.md lists the layers.

/** Modules in `from` may import only each other, the paths in `to`, and the packages in `packages`. */
const layer = (name, from, to, packages = []) => ({
  name: `layer-${name}`,
  severity: 'error',
  comment: `${name} may import only ${[...to, ...packages].join(', ') || 'itself'}.`,
  from: { path: from },
  to: { pathNot: [from, ...to, ...packages.map(packagePath)] },
});
/** Matches the path of a package in node_modules, or its specifier if it is not installed. */
const packagePath = (name) => `(^|node_modules/)(@types/)?${name}(/|$)`;

const core = '^src/core/';
const i18n = '^src/i18n/';
const config =
  '^src/(accept|accepted-files|config|events|hidden-files|known-types|restrictions|room|stored-(files|keys))\\.ts$';
const loadChunk = '^src/(load-chunk|log-once)\\.ts$';
const factory = '^src/create-uploader\\.ts$';

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Break the cycle by moving the shared code into a separate module.',
      from: { path: '^(src|dev|demo|scripts|test)/' },
      to: { circular: true },
    },
    layer('core', core, []),
    layer(
      'adapters/ali-oss',
      '^src/adapters/ali-oss/',
      [core, loadChunk, '^src/slim-sdk\\.d\\.ts$'],
      ['ali-oss'],
    ),
    layer('adapters/browser', '^src/adapters/browser/', [core, loadChunk, '^src/scheduling\\.ts$']),
    layer('create-uploader', factory, [core, '^src/adapters/']),
    layer('i18n/locales', '^src/i18n/locales/', ['^src/i18n/(types|shell-texts)\\.ts$', core]),
    layer('i18n', '^src/i18n/', [core, loadChunk]),
    layer('config', config, [core, i18n, factory, '^src/(settings|form)-element\\.ts$']),
    layer('presentation', '^src/presentation/', [core, i18n, config]),
    layer('thumbnails', '^src/thumbnails/', []),
    layer('views', '^src/views/', ['^src/presentation/', core, i18n, config], ['lit']),
    layer(
      'controllers',
      '^src/controllers/',
      [
        '^src/(views|presentation|thumbnails)/',
        '^src/(scheduling|page-settled)\\.ts$',
        loadChunk,
        core,
        i18n,
        config,
        factory,
      ],
      ['lit'],
    ),
    {
      name: 'adapters-are-wired-in-one-place',
      severity: 'error',
      comment:
        'Only create-uploader.ts may import adapters. The element may only look whether it needs them.',
      from: { path: '^src/', pathNot: ['^src/adapters/', '^src/slim-sdk\\.d\\.ts$', factory] },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/browser/saved-checkpoints\\.ts$' },
    },
    {
      name: 'nothing-imports-the-element',
      severity: 'error',
      comment: 'Only index.ts and frameworks/ may import the element. All other modules are below it.',
      from: { path: '^src/', pathNot: ['^src/index\\.ts$', '^src/frameworks/'] },
      to: { path: '^src/(oss-resumable-upload|index)\\.ts$' },
    },
    {
      name: 'frameworks-stay-apart',
      severity: 'error',
      comment: 'The element must not load a framework.',
      from: { path: '^src/', pathNot: '^src/frameworks/' },
      to: { path: ['^src/frameworks/', '(react|vue|svelte)(/|$)'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'The imported module does not exist.',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Include type imports: they couple modules, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
