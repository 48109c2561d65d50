// Configuration of the custom elements manifest: only public members, with the paths of the published files.
import { posix } from 'node:path';

/**
 * Matches private members, static members and platform callbacks. Also matches `role`, because the analyzer mistakes
 * `this.#internals.role = …` for a field of the element.
 */
const isInternal = ({ name, privacy, static: isStatic }) =>
  privacy === 'private' || privacy === 'protected' || isStatic || /^#|^_|^form\w*Callback$|^role$/.test(name);

/** Maps `/src/a.js`, `src/a.ts`, and `./a.js` in a module of src/ to `lib/a.js`. */
const publishedPath = (path, from) =>
  (path.startsWith('.') ? posix.join(posix.dirname(from), path) : path)
    .replace(/^\//, '')
    .replace(/^src\/(.*)\.[jt]s$/, 'lib/$1.js');

export default {
  globs: [
    'src/index.ts',
    'src/create-uploader.ts',
    'src/events.ts',
    'src/oss-resumable-upload.ts',
    // The base classes of the element.
    'src/settings-element.ts',
    'src/form-element.ts',
  ],
  litelement: true,
  plugins: [
    {
      // A `@returns` tag without a type makes the analyzer drop the declared return type.
      name: 'declared-return-types',
      analyzePhase({ ts, node, moduleDoc }) {
        if (!ts.isMethodDeclaration(node) || !node.type) return;
        const owner = moduleDoc.declarations?.find(({ name }) => name === node.parent.name?.getText());
        const method = owner?.members?.find(({ name }) => name === node.name.getText());
        if (method?.return?.type?.text === '') method.return.type.text = node.type.getText();
      },
    },
    {
      // The analyzer appends `| undefined` to the type of an optional property, even if the type ends with it.
      name: 'optional-types',
      packageLinkPhase({ customElementsManifest: manifest }) {
        const types = manifest.modules
          .flatMap(({ declarations = [] }) => declarations)
          .flatMap(({ members = [], attributes = [] }) => [...members, ...attributes])
          .flatMap(({ type }) => type ?? []);
        for (const type of types) type.text = type.text.replace(/( \| undefined)+$/, ' | undefined');
      },
    },
    {
      name: 'public-surface',
      packageLinkPhase({ customElementsManifest: manifest }) {
        for (const { declarations = [] } of manifest.modules) {
          for (const declaration of declarations) {
            if (declaration.members) {
              declaration.members = declaration.members.filter((member) => !isInternal(member));
            }
          }
        }
      },
    },
    {
      name: 'published-paths',
      packageLinkPhase({ customElementsManifest: manifest }) {
        manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
        for (const module of manifest.modules) rewritePaths(module, module.path);
      },
    },
  ],
};

function rewritePaths(node, from) {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) rewritePaths(value, from);
    else if ((key === 'path' || key === 'module') && typeof value === 'string')
      node[key] = publishedPath(value, from);
  }
}
