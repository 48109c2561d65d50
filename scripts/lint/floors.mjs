// An ESLint rule that keeps imports pointing down: which folder may import from which, and which packages.
import path from 'node:path';

/**
 * The first floor whose folder a file is in is its own. `folders` and `packages` are prefixes; a package is any
 * specifier that is not relative.
 *
 * @typedef {{ floor: string, folders: string[], packages: string[] }} Floor
 * @type {Floor[]}
 */
export const floors = [
  { floor: 'src/core/', folders: ['src/core/'], packages: [] },
  {
    floor: 'src/adapters/ali-oss/',
    folders: ['src/adapters/ali-oss/', 'src/core/'],
    packages: ['ali-oss', '#lean-sdk'],
  },
  { floor: 'src/adapters/', folders: ['src/adapters/', 'src/core/'], packages: [] },
  { floor: 'src/locales/', folders: ['src/locales/', 'src/localize.ts'], packages: [] },
  { floor: 'src/localize.ts', folders: ['src/locales/', 'src/core/'], packages: [] },
  { floor: 'src/index.ts', folders: ['src/'], packages: [] },
  // The element and what belongs to it; `src/index.ts` hands it the adapters.
  { floor: 'src/', folders: ['src/core/', 'src/locales/', 'src/*'], packages: ['lit'] },
];

/** @type {import('eslint').Rule.RuleModule} */
export const floorsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports point down only' },
    messages: { up: '{{floor}} may not import {{what}}: imports point down only (see CONTRIBUTING.md).' },
    schema: [],
  },
  create(context) {
    const file = relative(context.cwd, context.filename);
    const own = floors.find(({ floor }) => file.startsWith(floor));
    if (!own) return {};

    /** @param {import('estree').Node | null | undefined} source */
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const specifier = source.value;
      const isRelative = specifier.startsWith('.');
      const what = isRelative
        ? relative(context.cwd, path.resolve(path.dirname(context.filename), specifier))
        : specifier;
      const isAllowed = isRelative
        ? own.folders.some((folder) => isIn(folder, what.replace(/\.js$/, '.ts')))
        : own.packages.some((name) => what === name || what.startsWith(`${name}/`));
      if (!isAllowed) context.report({ node: source, messageId: 'up', data: { floor: own.floor, what } });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      // `import('…').Type`
      TSImportType: (/** @type {any} */ { source }) => check(source),
    };
  },
};

/** @param {string} folder ends in `/` for all inside, in `/*` for the files in it, else names one file */
function isIn(folder, file) {
  if (folder.endsWith('/*')) return `${path.posix.dirname(file)}/*` === folder;
  return folder.endsWith('/') ? file.startsWith(folder) : file === folder;
}

function relative(cwd, file) {
  return path.relative(cwd, file).split(path.sep).join('/');
}
