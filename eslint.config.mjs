// Lint rules that find bugs, and the few conventions that no formatter can enforce. Layers: .dependency-cruiser.mjs.
import { defineConfig } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // What is in consumer/ imports the package as it is published; a test compiles it.
  { ignores: ['lib/', 'dist/', 'coverage/', '.cache/', 'test/node/frameworks/consumer/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [
      tseslint.configs.recommendedTypeChecked,
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
        { selector: 'TSParameterProperty', message: 'Declare the field, with #private where it is.' },
        {
          selector:
            'PropertyDefinition[accessibility="private"]:not([decorators.length>0]), MethodDefinition[accessibility="private"][kind!="constructor"]',
          message: 'Use #private; `private` is for what a decorator needs.',
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
      // A port's fake or adapter may answer at once where the port promises to answer later.
      '@typescript-eslint/require-await': 'off',
      // LitElement has every callback that an element of ours hands on to.
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Chai's `expect(x).to.be.true`, and node:test's `test()`, whose promise the runner awaits.
      '@typescript-eslint/no-unused-expressions': 'off',
      // A test takes a platform method away, looks, and puts it back.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
            // `to.equal` is typed as a promise by semantic-dom-diff, and is none.
            { from: 'package', package: '@open-wc/semantic-dom-diff', name: 'Equal' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe', 'suite'].flatMap((object) =>
          ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'Every test runs.' })),
        ),
      ],
    },
  },
  {
    files: ['scripts/**/*.ts', 'demo/**/*.ts', 'dev/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
