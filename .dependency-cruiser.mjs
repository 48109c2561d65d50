// The layers of src/. Imports point down only, type imports included, and never in a circle.
// `npm run lint:layers` checks it; CONTRIBUTING.md shows the layers as a table.

/** Modules in `from` may import only from the paths in `to`, themselves, and the packages in `packages`. */
const layer = (name, from, to, packages = []) => ({
  name: `layer-${name}`,
  severity: 'error',
  comment: `${name} may import only ${[...to, ...packages].join(', ') || 'itself'}.`,
  from: { path: from },
  to: { pathNot: [from, ...to, ...packages.map(packagePath)] },
});
/** A package as it is resolved in node_modules, or as a specifier where it is not installed. */
const packagePath = (name) => `(^|node_modules/)(@types/)?${name}(/|$)`;

const core = '^src/core/';
const i18n = '^src/i18n/';
const config = '^src/(config|restrictions|events)\\.ts$';
const factory = '^src/create-uploader\\.ts$';

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A circle has no top: move what both need into a module of its own.',
      from: { path: '^(src|dev|demo|scripts|test)/' },
      to: { circular: true },
    },
    layer('core', core, []),
    layer(
      'adapters/ali-oss',
      '^src/adapters/ali-oss/',
      [core, '^lib/slim-sdk\\.js$'],
      ['ali-oss', '#slim-sdk'],
    ),
    layer('adapters/browser', '^src/adapters/browser/', [core], ['idb']),
    layer('create-uploader', factory, [core, '^src/adapters/']),
    layer('i18n/locales', '^src/i18n/locales/', ['^src/i18n/types\\.ts$', core]),
    layer('i18n', '^src/i18n/', [core]),
    layer('config', config, [core, i18n, factory, '^src/(settings|form)-element\\.ts$']),
    layer('presentation', '^src/presentation/', [core, i18n, config]),
    layer('views', '^src/views/', ['^src/presentation/', core, i18n, config], ['lit']),
    layer(
      'controllers',
      '^src/controllers/',
      ['^src/(views|presentation)/', '^src/scheduling\\.ts$', core, i18n, config, factory],
      ['lit'],
    ),
    {
      name: 'adapters-are-wired-in-one-place',
      severity: 'error',
      comment: 'Only create-uploader.ts knows the adapters.',
      from: { path: '^src/', pathNot: ['^src/adapters/', factory] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'nothing-imports-the-element',
      severity: 'error',
      comment: 'Only index.ts and frameworks/ import the element; everything else is below it.',
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
      comment: 'The import leads nowhere.',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^#slim-sdk$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type imports count: they are what makes a module unreadable without another.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
