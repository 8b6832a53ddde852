import graphql from '@graphql-eslint/eslint-plugin';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

export default defineConfig(
  // What is built and what is generated; the scripts of Node's are too short to be worth a type check of their own.
  globalIgnores(['**/dist/', '**/node_modules/', '**/src/gql/', '**/*.{js,cjs,mjs}', '*/*.config.ts', 'codegen.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Props declare what is called back as methods, which reads best; they hold functions that know no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  {
    files: ['{shared,admin,banking,graphiql}/src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest'], jsxA11y.flatConfigs.recommended],
    rules: {
      // Tables that a phone shows as cards are no tables to a browser unless each of their parts says what it is.
      'jsx-a11y/no-redundant-roles': ['error', { table: ['table'], thead: ['rowgroup'], tbody: ['rowgroup'], tr: ['row'], nav: ['navigation'] }],
      'jsx-a11y/no-interactive-element-to-noninteractive-role': ['error', { canvas: ['img'], td: ['cell'], th: ['columnheader', 'rowheader'], tr: ['row'] }],
      // A point in time shows itself in UTC when it is focused.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: ['time'], roles: ['tabpanel'] }],
    },
  },

  {
    files: ['{admin,banking,shared}/src/**/*.{ts,tsx}'],
    ignores: ['shared/src/dialog/Dialog.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@mantine/core', importNames: ['Modal', 'Drawer'], message: 'Dialog of web/shared keeps the order of those that are open.' }] },
      ],
    },
  },

  {
    files: ['**/*.graphql'],
    extends: [graphql.configs['flat/operations-recommended']],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: '../graph/schema/*.graphqls', documents: '{shared,admin,banking}/src/**/*.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
  },
);
