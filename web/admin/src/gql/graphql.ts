/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How a phone gets its codes. */
export type CommunicationMethod =
  /** By a call that speaks the code. */
  | 'CALL'
  /** By text. */
  | 'TEXT';

/** What a Factordesk is for. */
export type Environment =
  /** Trying out and building. */
  | 'DEVELOPMENT'
  /** The real thing. */
  | 'PRODUCTION'
  /** User acceptance tests: no text or call is sent, codes go by mail. */
  | 'UAT';

/** What a staff role may allow. */
export type Permission =
  /** Make and void backup codes for customers; together with Admin level, for staff too. */
  | 'GENERATE_LOCKOUT_CODES'
  /** Change the institution's text and call provider. */
  | 'MANAGE_PROVIDERS'
  /** Change what roles allow. */
  | 'MANAGE_ROLES'
  /** Change the institution's settings. */
  | 'MANAGE_SETTINGS'
  /** Invite and change staff. */
  | 'MANAGE_STAFF'
  /** Take a lost device off an account. */
  | 'RESET_TWO_FACTOR_DEVICE'
  /** Set whether a number gets its codes by text or by call. */
  | 'UPDATE_NUMBER_TYPE'
  /** Read the audit log. */
  | 'VIEW_AUDIT_LOG'
  /** Read the texts that were sent to a number. Admin-level staff hold it unless it was taken from them. */
  | 'VIEW_NOTIFICATION_HISTORY'
  /** See users, their devices and the state of their backup codes. */
  | 'VIEW_USERS';

/** The two kinds of user. */
export type UserKind =
  /** Someone who banks with the institution. */
  | 'CUSTOMER'
  /** Someone who works for the institution. */
  | 'STAFF';

/** How far a user has come. */
export type UserStatus =
  /** Uses the service. */
  | 'ACTIVE'
  /** Left. */
  | 'CLOSED'
  /** Is setting up two-factor authentication. */
  | 'ENROLLING'
  /** May change no device until staff have looked at the account. */
  | 'FROZEN'
  /** Has a password and no confirmed second factor yet. */
  | 'REGISTERED';

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { __typename: 'Query', environment: Environment, viewer: { __typename: 'Viewer', permissions: Array<Permission>, secondFactorAt: string | null, sessionEndsAt: string, sessionIdleSeconds: number, user: { __typename: 'User', id: string, email: string, firstName: string, lastName: string }, institution: { __typename: 'Institution', id: string, slug: string, name: string } } | null };

export type UsersQueryVariables = Exact<{
  search?: string | null | undefined;
  kind?: UserKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type UsersQuery = { __typename: 'Query', users: { __typename: 'UserConnection', nodes: Array<{ __typename: 'User', id: string, kind: UserKind, status: UserStatus, email: string, firstName: string, lastName: string, adminLevel: boolean, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, disabledAt: string | null }
        | { __typename: 'EmailDevice', id: string, disabledAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, disabledAt: string | null }
      > | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null };


export const SessionDocument = {"__meta__":{"hash":"sha256:9996193e5ad7e62ee6ac0ee438a36a284971804677a3e6a6bafd2ec70282e662"}} as unknown as DocumentNode<SessionQuery, SessionQueryVariables>;
export const UsersDocument = {"__meta__":{"hash":"sha256:c7876ec95367327d06b560eb1ec55e280a96f58c3c74f692fe711556cd83779b"}} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;