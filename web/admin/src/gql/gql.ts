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
    "fragment BackupCodesCard on User {\n  id\n  kind\n  backupCodes {\n    ...BackupCodeSet\n  }\n  viewerCan {\n    generateBackupCodes {\n      allowed\n      reason\n    }\n    revokeBackupCodes {\n      allowed\n      reason\n    }\n  }\n}\n\nfragment BackupCodeSet on BackupCodeSummary {\n  total\n  remaining\n  generatedAt\n  expiresAt\n  purpose\n  codes {\n    status\n    usedAt\n  }\n}\n\nmutation RevokeBackupCodes($input: RevokeBackupCodesInput!) {\n  revokeBackupCodes(input: $input) {\n    voidedCodes\n    user {\n      id\n      backupCodes {\n        ...BackupCodeSet\n      }\n    }\n  }\n}\n\nquery BackupCodesUser($userId: ID!) {\n  user(id: $userId) {\n    id\n    kind\n    email\n    firstName\n    lastName\n    devices {\n      __typename\n      id\n      addedAt\n      confirmedAt\n      disabledAt\n      ... on PhoneDevice {\n        phoneNumber\n        communicationMethod\n      }\n    }\n    backupCodes {\n      ...BackupCodeSet\n    }\n    viewerCan {\n      generateBackupCodes {\n        allowed\n        reason\n      }\n    }\n  }\n}\n\nmutation PrepareBackupCodes($input: PrepareBackupCodesInput!) {\n  prepareBackupCodes(input: $input) {\n    confirmation {\n      token\n      expiresAt\n      warning\n      voidsCodes\n    }\n  }\n}\n\nmutation GenerateBackupCodes($input: GenerateBackupCodesInput!) {\n  generateBackupCodes(input: $input) {\n    codes\n    expiresAt\n    instructions\n    user {\n      id\n    }\n  }\n}": typeof types.BackupCodesCardFragmentDoc,
    "query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}": typeof types.SessionDocument,
    "query Users($search: String, $kind: UserKind, $first: Int!, $after: String) {\n  users(search: $search, kind: $kind, first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      status\n      email\n      firstName\n      lastName\n      adminLevel\n      devices {\n        __typename\n        id\n        ... on PhoneDevice {\n          phoneNumber\n          communicationMethod\n        }\n        disabledAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.UsersDocument,
};
const documents: Documents = {
    "fragment BackupCodesCard on User {\n  id\n  kind\n  backupCodes {\n    ...BackupCodeSet\n  }\n  viewerCan {\n    generateBackupCodes {\n      allowed\n      reason\n    }\n    revokeBackupCodes {\n      allowed\n      reason\n    }\n  }\n}\n\nfragment BackupCodeSet on BackupCodeSummary {\n  total\n  remaining\n  generatedAt\n  expiresAt\n  purpose\n  codes {\n    status\n    usedAt\n  }\n}\n\nmutation RevokeBackupCodes($input: RevokeBackupCodesInput!) {\n  revokeBackupCodes(input: $input) {\n    voidedCodes\n    user {\n      id\n      backupCodes {\n        ...BackupCodeSet\n      }\n    }\n  }\n}\n\nquery BackupCodesUser($userId: ID!) {\n  user(id: $userId) {\n    id\n    kind\n    email\n    firstName\n    lastName\n    devices {\n      __typename\n      id\n      addedAt\n      confirmedAt\n      disabledAt\n      ... on PhoneDevice {\n        phoneNumber\n        communicationMethod\n      }\n    }\n    backupCodes {\n      ...BackupCodeSet\n    }\n    viewerCan {\n      generateBackupCodes {\n        allowed\n        reason\n      }\n    }\n  }\n}\n\nmutation PrepareBackupCodes($input: PrepareBackupCodesInput!) {\n  prepareBackupCodes(input: $input) {\n    confirmation {\n      token\n      expiresAt\n      warning\n      voidsCodes\n    }\n  }\n}\n\nmutation GenerateBackupCodes($input: GenerateBackupCodesInput!) {\n  generateBackupCodes(input: $input) {\n    codes\n    expiresAt\n    instructions\n    user {\n      id\n    }\n  }\n}": types.BackupCodesCardFragmentDoc,
    "query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}": types.SessionDocument,
    "query Users($search: String, $kind: UserKind, $first: Int!, $after: String) {\n  users(search: $search, kind: $kind, first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      status\n      email\n      firstName\n      lastName\n      adminLevel\n      devices {\n        __typename\n        id\n        ... on PhoneDevice {\n          phoneNumber\n          communicationMethod\n        }\n        disabledAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.UsersDocument,
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
export function graphql(source: "fragment BackupCodesCard on User {\n  id\n  kind\n  backupCodes {\n    ...BackupCodeSet\n  }\n  viewerCan {\n    generateBackupCodes {\n      allowed\n      reason\n    }\n    revokeBackupCodes {\n      allowed\n      reason\n    }\n  }\n}\n\nfragment BackupCodeSet on BackupCodeSummary {\n  total\n  remaining\n  generatedAt\n  expiresAt\n  purpose\n  codes {\n    status\n    usedAt\n  }\n}\n\nmutation RevokeBackupCodes($input: RevokeBackupCodesInput!) {\n  revokeBackupCodes(input: $input) {\n    voidedCodes\n    user {\n      id\n      backupCodes {\n        ...BackupCodeSet\n      }\n    }\n  }\n}\n\nquery BackupCodesUser($userId: ID!) {\n  user(id: $userId) {\n    id\n    kind\n    email\n    firstName\n    lastName\n    devices {\n      __typename\n      id\n      addedAt\n      confirmedAt\n      disabledAt\n      ... on PhoneDevice {\n        phoneNumber\n        communicationMethod\n      }\n    }\n    backupCodes {\n      ...BackupCodeSet\n    }\n    viewerCan {\n      generateBackupCodes {\n        allowed\n        reason\n      }\n    }\n  }\n}\n\nmutation PrepareBackupCodes($input: PrepareBackupCodesInput!) {\n  prepareBackupCodes(input: $input) {\n    confirmation {\n      token\n      expiresAt\n      warning\n      voidsCodes\n    }\n  }\n}\n\nmutation GenerateBackupCodes($input: GenerateBackupCodesInput!) {\n  generateBackupCodes(input: $input) {\n    codes\n    expiresAt\n    instructions\n    user {\n      id\n    }\n  }\n}"): (typeof documents)["fragment BackupCodesCard on User {\n  id\n  kind\n  backupCodes {\n    ...BackupCodeSet\n  }\n  viewerCan {\n    generateBackupCodes {\n      allowed\n      reason\n    }\n    revokeBackupCodes {\n      allowed\n      reason\n    }\n  }\n}\n\nfragment BackupCodeSet on BackupCodeSummary {\n  total\n  remaining\n  generatedAt\n  expiresAt\n  purpose\n  codes {\n    status\n    usedAt\n  }\n}\n\nmutation RevokeBackupCodes($input: RevokeBackupCodesInput!) {\n  revokeBackupCodes(input: $input) {\n    voidedCodes\n    user {\n      id\n      backupCodes {\n        ...BackupCodeSet\n      }\n    }\n  }\n}\n\nquery BackupCodesUser($userId: ID!) {\n  user(id: $userId) {\n    id\n    kind\n    email\n    firstName\n    lastName\n    devices {\n      __typename\n      id\n      addedAt\n      confirmedAt\n      disabledAt\n      ... on PhoneDevice {\n        phoneNumber\n        communicationMethod\n      }\n    }\n    backupCodes {\n      ...BackupCodeSet\n    }\n    viewerCan {\n      generateBackupCodes {\n        allowed\n        reason\n      }\n    }\n  }\n}\n\nmutation PrepareBackupCodes($input: PrepareBackupCodesInput!) {\n  prepareBackupCodes(input: $input) {\n    confirmation {\n      token\n      expiresAt\n      warning\n      voidsCodes\n    }\n  }\n}\n\nmutation GenerateBackupCodes($input: GenerateBackupCodesInput!) {\n  generateBackupCodes(input: $input) {\n    codes\n    expiresAt\n    instructions\n    user {\n      id\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}"): (typeof documents)["query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Users($search: String, $kind: UserKind, $first: Int!, $after: String) {\n  users(search: $search, kind: $kind, first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      status\n      email\n      firstName\n      lastName\n      adminLevel\n      devices {\n        __typename\n        id\n        ... on PhoneDevice {\n          phoneNumber\n          communicationMethod\n        }\n        disabledAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query Users($search: String, $kind: UserKind, $first: Int!, $after: String) {\n  users(search: $search, kind: $kind, first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      status\n      email\n      firstName\n      lastName\n      adminLevel\n      devices {\n        __typename\n        id\n        ... on PhoneDevice {\n          phoneNumber\n          communicationMethod\n        }\n        disabledAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;