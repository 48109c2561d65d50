// An ESLint rule that keeps imports pointing down: which folder may import from which, and which packages.
import path from 'node:path';
import type { Rule } from 'eslint';

interface Floor {
  floor: string;
  /** Ends in `/` for all inside, in `/*` for the files in it, else names one file. */
  folders: string[];
  /** With what is inside them; a package is any specifier that is not relative. */
  packages: string[];
}

/** The first one that a file is in is its own. */
const floors: Floor[] = [
  { floor: 'src/core/', folders: ['src/core/'], packages: [] },
  {
    floor: 'src/adapters/ali-oss/',
    folders: ['src/adapters/ali-oss/', 'src/core/'],
    packages: ['ali-oss', '#lean-sdk'],
  },
  { floor: 'src/adapters/browser/', folders: ['src/adapters/browser/', 'src/core/'], packages: ['idb'] },
  { floor: 'src/locales/', folders: ['src/locales/', 'src/localize.ts', 'src/core/'], packages: [] },
  // Wires the engine with the adapters.
  { floor: 'src/engine.ts', folders: ['src/core/', 'src/adapters/'], packages: [] },
  { floor: 'src/index.ts', folders: ['src/'], packages: [] },
  {
    floor: 'src/wrappers/',
    folders: ['src/wrappers/', 'src/*'],
    packages: ['@lit/react', 'lit', 'react', 'svelte', 'vue'],
  },
  // The element and what belongs to it.
  { floor: 'src/', folders: ['src/element/', 'src/core/', 'src/locales/', 'src/*'], packages: ['lit'] },
];

export const floorsRule: Rule.RuleModule = {
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

    const check = (node: Rule.Node): void => {
      const source = 'source' in node ? node.source : undefined;
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const specifier = source.value;
      const target = specifier.startsWith('.')
        ? relative(context.cwd, path.resolve(path.dirname(context.filename), specifier)).replace(
            /\.js$/,
            '.ts',
          )
        : undefined;
      const isAllowed = target
        ? own.folders.some((folder) => isIn(folder, target))
        : own.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
      if (isAllowed) return;
      context.report({
        node: source,
        messageId: 'up',
        data: { floor: own.floor, what: target ?? specifier },
      });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      // `import('…').Type`
      TSImportType: check,
    };
  },
};

function isIn(folder: string, file: string): boolean {
  if (folder.endsWith('/*')) return `${path.posix.dirname(file)}/*` === folder;
  return folder.endsWith('/') ? file.startsWith(folder) : file === folder;
}

function relative(cwd: string, file: string): string {
  return path.relative(cwd, file).split(path.sep).join('/');
}
