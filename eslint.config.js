// The arrows of docs/architecture.md as rules: entrypoints → {page, service} → {inference, cache, messages,
// settings} → packages; no cycles.
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

/** `from` may not import any of `targets`. */
const forbid = (target, from, message) => ({ target, from, message });

export default tseslint.config(
  {
    ignores: [
      '.output',
      '.wxt',
      'node_modules',
      'training',
      'demo-out',
      'playwright-report',
      'test-results',
      '.venv',
    ],
  },
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      eqeqeq: 'error',
      'no-restricted-globals': ['error', 'chrome'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            forbid('./src', './entrypoints', 'entrypoints import src, never the other way'),
            forbid('./src/page', './src/inference', 'the page side has no model'),
            forbid('./src/page', './src/service', 'the page side talks to the service by messages'),
            forbid('./src/page', './src/cache', 'the page side talks to the service by messages'),
            forbid('./src/popup', './src/page', 'the popup talks by messages and storage'),
            forbid('./src/popup', './src/service', 'the popup talks by messages and storage'),
            forbid('./src/popup', './src/inference', 'the popup has no model'),
            forbid('./src/popup', './src/cache', 'the popup talks by messages and storage'),
            forbid('./src/service', './src/page', 'the service talks to the page by messages'),
            forbid('./src/cache', './src/page', 'cache is below page and service'),
            forbid('./src/cache', './src/service', 'cache is below page and service'),
            forbid('./src/cache', './src/inference', 'cache stores bytes and knows no model'),
            forbid('./src/inference', './src/page', 'inference knows nothing of the extension'),
            forbid('./src/inference', './src/service', 'inference knows nothing of the extension'),
            forbid('./src/inference', './src/cache', 'inference knows nothing of the extension'),
            forbid('./src/inference/wasm', './src/inference/backends', 'kernels know no backend'),
            forbid('./src/inference', './src/settings.ts', 'inference takes values, not settings'),
            ...['page', 'service', 'cache'].flatMap((folder) => [
              forbid('./src/analysis', `./src/${folder}`, 'pixels in, answer out'),
              forbid('./src/finish', `./src/${folder}`, 'pixels in, pixels out'),
            ]),
            forbid('./src/inference', './src/analysis', 'inference knows nothing of the extension'),
            forbid('./src/inference', './src/finish', 'inference knows nothing of the extension'),
            forbid('./src', './scripts', 'what ships does not import the tools'),
            forbid('./src', './tests', 'what ships does not import the tests'),
            forbid('./src', './bench', 'what ships does not import the bench'),
            forbid('./entrypoints', './bench', 'what ships does not import the bench'),
          ],
        },
      ],
    },
  },
  {
    // Only types cross into inference; the WebExtension API does not.
    files: ['src/inference/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: ['wxt/browser', 'wxt/utils/storage'] }],
    },
  },
  {
    files: ['src/**', 'entrypoints/**'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
);
