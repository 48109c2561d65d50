// Lint rules for bugs and for conventions that no formatter enforces. For the layers, see .dependency-cruiser.mjs.
import { defineConfig } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // consumer/ imports the published package. test/node/frameworks/package.test.ts compiles it.
  { ignores: ['lib/', 'dist/', 'coverage/', '.cache/', 'test/node/frameworks/consumer/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [
      tseslint.configs.strictTypeChecked,
      lit.configs['flat/recommended'],
      wc.configs['flat/best-practice'],
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
        { selector: 'TSParameterProperty', message: 'Declare a field, #private if possible.' },
        {
          selector:
            'PropertyDefinition[accessibility="private"]:not([decorators.length>0]), MethodDefinition[accessibility="private"][kind!="constructor"]',
          message: 'Use #private. `private` is only for members with decorators.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Adapters and fakes implement asynchronous ports, even if they have nothing to await.
      '@typescript-eslint/require-await': 'off',
      // `return sendText(response, 404);` is an early exit, and `() => element.start()` is a callback.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A callback may be synchronous or asynchronous: `() => void | Promise<void>`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `find<HTMLInputElement>('file')` declares the type of the result, as `querySelector` does.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An empty class is a placeholder, for example for an unused export of a shimmed module.
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true }],
      // LitElement defines all lifecycle callbacks, so a guard before the super call is unnecessary.
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['src/core/{crc64,random-uuid}.ts'],
    rules: {
      // Indexes into a typed array of known length are in bounds, and a check would slow down the checksum.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/adapters/browser/**/*.ts', 'src/controllers/wake-lock.ts'],
    rules: {
      // The DOM types declare APIs that Node, older browsers or insecure contexts lack, such as `navigator.locks`.
      // Records in IndexedDB may have another shape than their type.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Chai assertions such as `expect(x).to.be.true` are expressions.
      '@typescript-eslint/no-unused-expressions': 'off',
      // Tests replace platform methods and restore them.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            // The test runner awaits these promises.
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
            // semantic-dom-diff declares `to.equal` as a promise, but it isn't one.
            { from: 'package', package: '@open-wc/semantic-dom-diff', name: 'Equal' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe', 'suite'].flatMap((object) =>
          ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'Run every test.' })),
        ),
      ],
    },
  },
  {
    files: ['test/{e2e,themes}/**/*.ts'],
    rules: {
      // Cleanup hooks also run if a setup hook has failed and left variables unset.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['scripts/**/*.ts', 'demo/**/*.ts', 'dev/**/*.ts', 'test/**/*.ts'],
    rules: {
      'no-console': 'off',
      // A wrong `!` fails immediately, in a test or in a tool that only developers run.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
