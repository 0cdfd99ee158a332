import {defineConfig} from 'oxlint'

import {importArrows} from './config/lint/import-arrows.ts'

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'node'],
  categories: {
    correctness: 'error',
    suspicious: 'error',
  },
  ignorePatterns: ['**/dist/**', 'coverage', 'bundle'],
  rules: {
    'no-console': 'error',
    'no-await-in-loop': 'off',
    'no-underscore-dangle': 'off',
    'no-shadow': 'off',
    'max-lines': [
      'error',
      {
        max: 200,
        skipBlankLines: false,
        skipComments: false,
      },
    ],
    'import/no-cycle': ['error', {ignoreTypes: false}],
    'typescript/no-floating-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'promise/no-promise-in-callback': 'off',
    'promise/always-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-useless-spread': 'off',
    'typescript/consistent-type-imports': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'unicorn/no-process-exit': 'error',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'import/no-unassigned-import': [
      'error',
      {
        allow: ['reflect-metadata'],
      },
    ],
  },
  overrides: [
    ...importArrows,
    // A catalogue is one thing, however much a package says.
    {files: ['**/src/words/*.ts'], rules: {'max-lines': 'off'}},
    {
      files: ['**/test/**', 'bench/**', 'scripts/**'],
      rules: {
        'max-lines': 'off',
        'no-console': 'off',
        'unicorn/no-process-exit': 'off',
        'typescript/no-explicit-any': 'off',
        'typescript/restrict-template-expressions': 'off',
        'no-unused-expressions': 'off',
        'typescript/no-unused-expressions': 'off',
      },
    },
  ],
})
