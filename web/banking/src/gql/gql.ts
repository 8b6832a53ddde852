/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query MyBackupCodes {\n  viewer {\n    user {\n      id\n      backupCodeSets {\n        origin\n        total\n        remaining\n        generatedAt\n        expiresAt\n      }\n    }\n  }\n  institution {\n    id\n    permittedMethods\n  }\n}\n\nmutation GenerateMyBackupCodes {\n  generateMyBackupCodes {\n    codes\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}": typeof types.MyBackupCodesDocument,
    "query Permitted {\n  institution {\n    id\n    permittedMethods\n  }\n}": typeof types.PermittedDocument,
    "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accepted\n  }\n}\n\nmutation CompletePreferences($input: CompletePreferencesInput!) {\n  completePreferences(input: $input) {\n    viewer {\n      user {\n        id\n        status\n        language\n      }\n    }\n  }\n}\n\nquery SpokenLanguages {\n  institution {\n    id\n    languages\n  }\n}\n\nmutation ChangeLanguage($input: ChangeLanguageInput!) {\n  changeLanguage(input: $input) {\n    viewer {\n      user {\n        id\n        language\n      }\n    }\n  }\n}": typeof types.RegisterDocument,
    "query Security {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n    notices {\n      kind\n      message\n      link\n    }\n    sessions {\n      id\n    }\n  }\n}": typeof types.SecurityDocument,
    "fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}": typeof types.DevicePartsFragmentDoc,
};
const documents: Documents = {
    "query MyBackupCodes {\n  viewer {\n    user {\n      id\n      backupCodeSets {\n        origin\n        total\n        remaining\n        generatedAt\n        expiresAt\n      }\n    }\n  }\n  institution {\n    id\n    permittedMethods\n  }\n}\n\nmutation GenerateMyBackupCodes {\n  generateMyBackupCodes {\n    codes\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}": types.MyBackupCodesDocument,
    "query Permitted {\n  institution {\n    id\n    permittedMethods\n  }\n}": types.PermittedDocument,
    "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accepted\n  }\n}\n\nmutation CompletePreferences($input: CompletePreferencesInput!) {\n  completePreferences(input: $input) {\n    viewer {\n      user {\n        id\n        status\n        language\n      }\n    }\n  }\n}\n\nquery SpokenLanguages {\n  institution {\n    id\n    languages\n  }\n}\n\nmutation ChangeLanguage($input: ChangeLanguageInput!) {\n  changeLanguage(input: $input) {\n    viewer {\n      user {\n        id\n        language\n      }\n    }\n  }\n}": types.RegisterDocument,
    "query Security {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n    notices {\n      kind\n      message\n      link\n    }\n    sessions {\n      id\n    }\n  }\n}": types.SecurityDocument,
    "fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}": types.DevicePartsFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MyBackupCodes {\n  viewer {\n    user {\n      id\n      backupCodeSets {\n        origin\n        total\n        remaining\n        generatedAt\n        expiresAt\n      }\n    }\n  }\n  institution {\n    id\n    permittedMethods\n  }\n}\n\nmutation GenerateMyBackupCodes {\n  generateMyBackupCodes {\n    codes\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}"): (typeof documents)["query MyBackupCodes {\n  viewer {\n    user {\n      id\n      backupCodeSets {\n        origin\n        total\n        remaining\n        generatedAt\n        expiresAt\n      }\n    }\n  }\n  institution {\n    id\n    permittedMethods\n  }\n}\n\nmutation GenerateMyBackupCodes {\n  generateMyBackupCodes {\n    codes\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Permitted {\n  institution {\n    id\n    permittedMethods\n  }\n}"): (typeof documents)["query Permitted {\n  institution {\n    id\n    permittedMethods\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accepted\n  }\n}\n\nmutation CompletePreferences($input: CompletePreferencesInput!) {\n  completePreferences(input: $input) {\n    viewer {\n      user {\n        id\n        status\n        language\n      }\n    }\n  }\n}\n\nquery SpokenLanguages {\n  institution {\n    id\n    languages\n  }\n}\n\nmutation ChangeLanguage($input: ChangeLanguageInput!) {\n  changeLanguage(input: $input) {\n    viewer {\n      user {\n        id\n        language\n      }\n    }\n  }\n}"): (typeof documents)["mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    accepted\n  }\n}\n\nmutation CompletePreferences($input: CompletePreferencesInput!) {\n  completePreferences(input: $input) {\n    viewer {\n      user {\n        id\n        status\n        language\n      }\n    }\n  }\n}\n\nquery SpokenLanguages {\n  institution {\n    id\n    languages\n  }\n}\n\nmutation ChangeLanguage($input: ChangeLanguageInput!) {\n  changeLanguage(input: $input) {\n    viewer {\n      user {\n        id\n        language\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Security {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n    notices {\n      kind\n      message\n      link\n    }\n    sessions {\n      id\n    }\n  }\n}"): (typeof documents)["query Security {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n    notices {\n      kind\n      message\n      link\n    }\n    sessions {\n      id\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}"): (typeof documents)["fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;