/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A way to meet a challenge. */
export type ChallengeOptionKind =
  /** A code from an authenticator app. */
  | 'AUTHENTICATOR_APP'
  /** A backup code. */
  | 'BACKUP_CODE'
  /** A code by mail. */
  | 'EMAIL'
  /** A code by text. */
  | 'SMS'
  /** A code by call. */
  | 'VOICE';

/** What a challenge is for. */
export type ChallengeStep =
  /** Proving an email address while enrolling. */
  | 'EMAIL_VERIFICATION'
  /** Signing in. */
  | 'SECOND_FACTOR'
  /** Making the session's factor fresh. */
  | 'STEP_UP';

/** What a Factordesk is for. */
export type Environment =
  /** Trying out and building. */
  | 'DEVELOPMENT'
  /** The real thing. */
  | 'PRODUCTION'
  /** User acceptance tests: no text or call is sent, codes go by mail. */
  | 'UAT';

/** A language in which users are written and spoken to. */
export type Language =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES';

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

/** Input of requestPasswordReset. */
export type RequestPasswordResetInput = {
  /** The institution's short name, such as `harbor`. */
  institution: string;
  /** The email address. */
  username: string;
};

/** Input of resetPassword. */
export type ResetPasswordInput = {
  /** The password from now on, by the rules of changePassword. */
  newPassword: string;
  /** What follows the `#` in the link. */
  token: string;
};

/** Input of sendCode. */
export type SendCodeInput = {
  /** The challenge. */
  challengeId: string | number;
  /** The option chosen. */
  optionId: string | number;
};

/** Input of signIn. */
export type SignInInput = {
  /** The institution's short name, such as `harbor`. */
  institution: string;
  /** The password. */
  password: string;
  /** The email address. */
  username: string;
};

/** Why a way to meet a challenge can't be used. */
export type UnavailableReason =
  /** Too many wrong codes switched it off until it is set up again. */
  | 'DISABLED'
  /** All backup codes are used, void or expired. */
  | 'NONE_LEFT'
  /** The institution does not permit it. */
  | 'NOT_PERMITTED'
  /** Too many wrong codes: it is open again in a while. */
  | 'PAUSED'
  /** The link that began this came by mail, too. */
  | 'SAME_CHANNEL'
  /** The user has not proved yet to hold the device. */
  | 'UNCONFIRMED';

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

/** Input of verifyCode. */
export type VerifyCodeInput = {
  /** The challenge. */
  challengeId: string | number;
  /** The code, with or without spaces; a backup code with or without hyphens. */
  code: string;
  /** The option by which the code came. */
  optionId: string | number;
};

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { __typename: 'Mutation', requestPasswordReset: { __typename: 'RequestPasswordResetPayload', requested: boolean } | null };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { __typename: 'Mutation', resetPassword: { __typename: 'ResetPasswordPayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }> } } | null };

export type ChallengePartsFragment = { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }> };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { __typename: 'Mutation', signIn: { __typename: 'SignInPayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }> } } | null };

export type SendCodeMutationVariables = Exact<{
  input: SendCodeInput;
}>;


export type SendCodeMutation = { __typename: 'Mutation', sendCode: { __typename: 'SendCodePayload', retryAfterSeconds: number, expiresAt: string } | null };

export type VerifyCodeMutationVariables = Exact<{
  input: VerifyCodeInput;
}>;


export type VerifyCodeMutation = { __typename: 'Mutation', verifyCode: { __typename: 'VerifyCodePayload', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null, challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }> } | null } | null };

export type StartStepUpMutationVariables = Exact<{ [key: string]: never; }>;


export type StartStepUpMutation = { __typename: 'Mutation', startStepUp: { __typename: 'StartStepUpPayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }> } } | null };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { __typename: 'Mutation', signOut: { __typename: 'SignOutPayload', signedOut: boolean } | null };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { __typename: 'Query', environment: Environment, viewer: { __typename: 'Viewer', permissions: Array<Permission>, secondFactorAt: string | null, sessionEndsAt: string, sessionIdleSeconds: number, user: { __typename: 'User', id: string, email: string, firstName: string, lastName: string, status: UserStatus, language: Language }, institution: { __typename: 'Institution', id: string, slug: string, name: string } } | null };

export const ChallengePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChallengeParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Challenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"step"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhone"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<ChallengePartsFragment, unknown>;
export const RequestPasswordResetDocument = {"__meta__":{"hash":"sha256:5b888c38ebb580805560e026cc2f5729a111ff3c7ac7bab78aff0d0ebf151deb"}} as unknown as DocumentNode<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = {"__meta__":{"hash":"sha256:ae7791c0b6dee0e83b33548248e0ea1354713333191af8b8376f031d16ea9515"}} as unknown as DocumentNode<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:3c1a460c25709983b14db03e3c816d059b1c84d7e0b3d5049dfad1e6f4bf010b"}} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SendCodeDocument = {"__meta__":{"hash":"sha256:eaf1fa3d7c3462664b5f920de3fef6b1432e42609b56d9b3e8c7852d1a8c6a73"}} as unknown as DocumentNode<SendCodeMutation, SendCodeMutationVariables>;
export const VerifyCodeDocument = {"__meta__":{"hash":"sha256:2fd06a85f186c397379f720687d1a38985a9d0531328efad76fe6cc0773a3610"}} as unknown as DocumentNode<VerifyCodeMutation, VerifyCodeMutationVariables>;
export const StartStepUpDocument = {"__meta__":{"hash":"sha256:59f81c8ec2301456464b3dfd5574de74baced9d6eb37c4f3c7ff87a03101afbe"}} as unknown as DocumentNode<StartStepUpMutation, StartStepUpMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:e2914b81616c087d93616872738a97f71790358d837a39261c8f2079ee230c71"}} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const SessionDocument = {"__meta__":{"hash":"sha256:8ac98411d697e24da8716df5a543988b126d32bac9a3b82467d2b7a8a4f5fb24"}} as unknown as DocumentNode<SessionQuery, SessionQueryVariables>;