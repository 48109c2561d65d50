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
      // LitElement defines all lifecycle callbacks, so a guard before the super call is unnecessary.
      'wc/guard-super-call': 'off',
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
    files: ['scripts/**/*.ts', 'demo/**/*.ts', 'dev/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
