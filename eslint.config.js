// What does a machine object to before a person reads? Strict TypeScript, promises that nobody awaits, and an engine that is not pure.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** What the engine may not know: time, chance, locale, process, network. `test/tidy/purity.test.ts` holds the same line. */
const impure = [
  ...['Date', 'Temporal', 'Intl', 'process', 'console', 'fetch', 'crypto', 'performance'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'WebSocket', 'Worker', 'Buffer'],
].map((name) => ({ name, message: 'The engine is told; it does not ask.' }));

export default ts.config(
  { ignores: ['build/', '.*/', 'coverage/', 'schemas/generated/'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
      },
    },
    rules: {
      'no-undef': 'off',
      // The studio is served at the root of its address.
      'svelte/no-navigation-without-resolve': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // An index that is known to be there, in a loop over columns, says so with `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // SvelteKit's types are extended in a namespace of its own.
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-unsafe-finally': 'error',
      'no-constant-condition': 'error',
      'no-loss-of-precision': 'error',
      'no-useless-escape': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'toFixed', message: 'Amounts are exact: engine/money has the words for them.' },
        {
          object: 'Number',
          property: 'parseFloat',
          message: 'Amounts are exact: engine/money has the words for them.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Types are stripped, not compiled: write a union.' },
        { selector: 'ExportDefaultDeclaration[declaration.type="ObjectExpression"]', message: 'Export by name.' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Amounts are exact: engine/money has the words for them.' },
      ],
    },
  },
  {
    files: ['engine/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure, { name: 'parseFloat', message: 'Amounts are exact.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The engine leaves nothing to chance.' },
        { property: 'toFixed', message: 'Amounts are exact: engine/money has the words for them.' },
        { property: 'toLocaleString', message: 'Words and figures for readers are in schemas/messages.' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^node:', message: 'The engine runs in the browser too.' }] },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '*.config.ts'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-restricted-syntax': 'off' },
  },
);
