import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';
import type { CodegenConfig } from '@graphql-codegen/cli';

// Documents become hashes: the texts go into persisted-documents.json, which the server is built with,
// and the pages send the hash. Every selection has __typename, by which urql knows what a mutation changed.
const client = (folder: string, ...fragments: string[]) => ({
  preset: 'client' as const,
  documents: [`${folder}/src/**/*.graphql`, ...fragments],
  documentTransforms: [addTypenameSelectionDocumentTransform],
  presetConfig: {
    fragmentMasking: false,
    persistedDocuments: { mode: 'replaceDocumentWithHash' as const, hashAlgorithm: 'sha256' as const },
  },
  config: {
    enumsAsTypes: true,
    useTypeImports: true,
    strictScalars: true,
    scalars: { DateTime: 'string', PhoneNumber: 'string' },
  },
});

// What both clients ask of a device is written once.
const device = 'shared/src/account/deviceParts.graphql';

const config: CodegenConfig = {
  schema: '../graph/schema/*.graphqls',
  generates: {
    'shared/src/gql/': client('shared'),
    'admin/src/gql/': client('admin', device),
    'banking/src/gql/': client('banking', device),
  },
};

export default config;
