/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Input of addEmailDevice. */
export type AddEmailDeviceInput = {
  /** The address. */
  address: string;
  /** What to call it, 50 characters at most. */
  label: string;
};

/** Input of addPhoneDevice. */
export type AddPhoneDeviceInput = {
  /** What to call the phone, 50 characters at most. */
  label: string;
  /** The number, with its country code. */
  phoneNumber: string;
};

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

/** Input of changePassword. */
export type ChangePasswordInput = {
  /** The password until now. */
  currentPassword: string;
  /** The password from now on: 12 to 200 characters of any kind, none of the common ones, and more than the user's name or address. */
  newPassword: string;
};

/** How a phone gets its codes. */
export type CommunicationMethod =
  /** By a call that speaks the code. */
  | 'CALL'
  /** By text. */
  | 'TEXT';

/** Input of confirmDevice. */
export type ConfirmDeviceInput = {
  /** The code, with or without spaces. */
  code: string;
  /** The device. */
  deviceId: string | number;
};

/** How far a code came, as far as its user is told. */
export type CustomerDelivery =
  /** It arrived. */
  | 'ARRIVED'
  /** It did not arrive. */
  | 'NOT_ARRIVED'
  /** It is on its way. */
  | 'ON_ITS_WAY';

/** Input of endSession. */
export type EndSessionInput = {
  /** The session. */
  sessionId: string | number;
};

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
  /** Invite and change staff, disable who leaves, and enable who comes back. */
  | 'MANAGE_STAFF'
  /** Take a lost device off an account, bring back a suspended one, unfreeze accounts, sign users out, and close accounts of customers. */
  | 'RESET_TWO_FACTOR_DEVICE'
  /** Set whether a number gets its codes by text or by call. */
  | 'UPDATE_NUMBER_TYPE'
  /** Read the audit log. */
  | 'VIEW_AUDIT_LOG'
  /** Read the texts that were sent to a number. Admin-level staff hold it unless it was taken from them. */
  | 'VIEW_NOTIFICATION_HISTORY'
  /** See users, their devices and the state of their backup codes. */
  | 'VIEW_USERS';

/** Input of removeDevice. */
export type RemoveDeviceInput = {
  /** The device. */
  deviceId: string | number;
};

/** Input of renameDevice. */
export type RenameDeviceInput = {
  /** The device. */
  deviceId: string | number;
  /** The name, 50 characters at most. */
  label: string;
};

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
  /** Has a call say the code without a key: for who can't press one, once, after a call in which none was pressed, to a confirmed phone. */
  withoutKey?: boolean | null | undefined;
};

/** Input of sendDeviceCode. */
export type SendDeviceCodeInput = {
  /** The device. */
  deviceId: string | number;
};

/** Input of setDefaultDevice. */
export type SetDefaultDeviceInput = {
  /** The device. */
  deviceId: string | number;
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

/** Input of startAuthenticator. */
export type StartAuthenticatorInput = {
  /** What to call the app, 50 characters at most. */
  label: string;
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
  /** The user said of a notice that it was not them: what was added about then waits for support. */
  | 'SUSPENDED'
  /** It was added after signing in by a backup code, less than a day ago, and chooses no new password yet. */
  | 'TOO_NEW'
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
  /** May change no device, and hold no permission, until staff have looked at the account. */
  | 'FROZEN'
  /** Has a password and no confirmed second factor yet; see addressProvedAt, too. */
  | 'REGISTERED';

/** Input of verifyCode. */
export type VerifyCodeInput = {
  /** The challenge. */
  challengeId: string | number;
  /** The code as it was typed or pasted: spaces, dashes and the digits of any script are understood. */
  code: string;
  /** The option by which the code came. */
  optionId: string | number;
};

export type StartAuthenticatorMutationVariables = Exact<{
  input: StartAuthenticatorInput;
}>;


export type StartAuthenticatorMutation = { __typename: 'Mutation', startAuthenticator: { __typename: 'StartAuthenticatorPayload', otpauthUri: string, qrCodePng: string, secret: string, device: { __typename: 'AuthenticatorDevice', id: string } } | null };

export type ConfirmDeviceMutationVariables = Exact<{
  input: ConfirmDeviceInput;
}>;


export type ConfirmDeviceMutation = { __typename: 'Mutation', confirmDevice: { __typename: 'ConfirmDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
     | null } | null };

export type AddPhoneMutationVariables = Exact<{
  input: AddPhoneDeviceInput;
}>;


export type AddPhoneMutation = { __typename: 'Mutation', addPhoneDevice: { __typename: 'AddPhoneDevicePayload', retryAfterSeconds: number, device: { __typename: 'PhoneDevice', id: string, formatted: string } } | null };

export type AddEmailMutationVariables = Exact<{
  input: AddEmailDeviceInput;
}>;


export type AddEmailMutation = { __typename: 'Mutation', addEmailDevice: { __typename: 'AddEmailDevicePayload', retryAfterSeconds: number, device: { __typename: 'EmailDevice', id: string, address: string } } | null };

export type SendDeviceCodeMutationVariables = Exact<{
  input: SendDeviceCodeInput;
}>;


export type SendDeviceCodeMutation = { __typename: 'Mutation', sendDeviceCode: { __typename: 'SendDeviceCodePayload', retryAfterSeconds: number } | null };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename: 'Mutation', changePassword: { __typename: 'ChangePasswordPayload', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null } | null };

type DeviceParts_AuthenticatorDevice_Fragment = { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type DeviceParts_EmailDevice_Fragment = { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type DeviceParts_PhoneDevice_Fragment = { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

export type DevicePartsFragment =
  | DeviceParts_AuthenticatorDevice_Fragment
  | DeviceParts_EmailDevice_Fragment
  | DeviceParts_PhoneDevice_Fragment
;

export type MyDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyDevicesQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      > | null } } | null };

export type RenameDeviceMutationVariables = Exact<{
  input: RenameDeviceInput;
}>;


export type RenameDeviceMutation = { __typename: 'Mutation', renameDevice: { __typename: 'RenameDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
     | null } | null };

export type SetDefaultDeviceMutationVariables = Exact<{
  input: SetDefaultDeviceInput;
}>;


export type SetDefaultDeviceMutation = { __typename: 'Mutation', setDefaultDevice: { __typename: 'SetDefaultDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
     | null } | null };

export type RemoveDeviceMutationVariables = Exact<{
  input: RemoveDeviceInput;
}>;


export type RemoveDeviceMutation = { __typename: 'Mutation', removeDevice: { __typename: 'RemoveDevicePayload', removedDeviceId: string, viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
          | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
          | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
          | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        > | null } } } | null };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string }, sessions: Array<{ __typename: 'Session', id: string, current: boolean, device: string | null, address: string, startedAt: string, lastUsedAt: string }> | null } | null };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { __typename: 'Mutation', endSession: { __typename: 'EndSessionPayload', endedSessionId: string, viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null } | null };

export type EndOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndOtherSessionsMutation = { __typename: 'Mutation', endOtherSessions: { __typename: 'EndOtherSessionsPayload', endedSessions: number } | null };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { __typename: 'Mutation', requestPasswordReset: { __typename: 'RequestPasswordResetPayload', requested: boolean } | null };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { __typename: 'Mutation', resetPassword: { __typename: 'ResetPasswordPayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null } } | null };

export type ChallengePartsFragment = { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null };

export type DeliveryPartsFragment = { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean };

export type ChallengeDeliveryQueryVariables = Exact<{
  id: string | number;
}>;


export type ChallengeDeliveryQuery = { __typename: 'Query', challenge: { __typename: 'Challenge', id: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null } | null };

export type ChallengeQueryVariables = Exact<{
  id: string | number;
}>;


export type ChallengeQuery = { __typename: 'Query', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { __typename: 'Mutation', signIn: { __typename: 'SignInPayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null } } | null };

export type SendCodeMutationVariables = Exact<{
  input: SendCodeInput;
}>;


export type SendCodeMutation = { __typename: 'Mutation', sendCode: { __typename: 'SendCodePayload', retryAfterSeconds: number, expiresAt: string } | null };

export type VerifyCodeMutationVariables = Exact<{
  input: VerifyCodeInput;
}>;


export type VerifyCodeMutation = { __typename: 'Mutation', verifyCode: { __typename: 'VerifyCodePayload', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null, challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null } | null } | null };

export type StartStepUpMutationVariables = Exact<{ [key: string]: never; }>;


export type StartStepUpMutation = { __typename: 'Mutation', startStepUp: { __typename: 'StartStepUpPayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null } } | null };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { __typename: 'Mutation', signOut: { __typename: 'SignOutPayload', signedOut: boolean } | null };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { __typename: 'Query', environment: Environment, viewer: { __typename: 'Viewer', permissions: Array<Permission>, passwordExpiresAt: string | null, secondFactorAt: string | null, sessionEndsAt: string, sessionIdleSeconds: number, user: { __typename: 'User', id: string, email: string, firstName: string, lastName: string, status: UserStatus, language: Language }, institution: { __typename: 'Institution', id: string, slug: string, name: string } } | null };

export type SignInPageQueryVariables = Exact<{
  institution: string;
}>;


export type SignInPageQuery = { __typename: 'Query', signInPage: { __typename: 'SignInPage', name: string, supportPhone: string | null, supportPhoneFormatted: string | null, digitalBanking: boolean, languages: Array<Language> } | null };

export const DevicePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EmailDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"}}]}}]}}]} as unknown as DocumentNode<DevicePartsFragment, unknown>;
export const DeliveryPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChallengeDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"optionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"tryInstead"}},{"kind":"Field","name":{"kind":"Name","value":"withoutKey"}}]}}]} as unknown as DocumentNode<DeliveryPartsFragment, unknown>;
export const ChallengePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChallengeParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Challenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"step"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhone"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneFormatted"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeliveryParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChallengeDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"optionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"tryInstead"}},{"kind":"Field","name":{"kind":"Name","value":"withoutKey"}}]}}]} as unknown as DocumentNode<ChallengePartsFragment, unknown>;
export const StartAuthenticatorDocument = {"__meta__":{"hash":"sha256:d2958213eab29fa5951b4f60c672b8c91d66709523e219eacce079a005df3035"}} as unknown as DocumentNode<StartAuthenticatorMutation, StartAuthenticatorMutationVariables>;
export const ConfirmDeviceDocument = {"__meta__":{"hash":"sha256:c61443bbc1950b40de9e97b22dc5b8bc567d0a4321c8cff351d4a7f09583fe9f"}} as unknown as DocumentNode<ConfirmDeviceMutation, ConfirmDeviceMutationVariables>;
export const AddPhoneDocument = {"__meta__":{"hash":"sha256:8c27701c554358c8b96efd722ebc2672d8e0f21b4a6bcf65aa6cc4cda04d5e12"}} as unknown as DocumentNode<AddPhoneMutation, AddPhoneMutationVariables>;
export const AddEmailDocument = {"__meta__":{"hash":"sha256:2f2953b9da9bb87dadb70ea498ce2c5fa66549c16a0ac2f36a6636073938952d"}} as unknown as DocumentNode<AddEmailMutation, AddEmailMutationVariables>;
export const SendDeviceCodeDocument = {"__meta__":{"hash":"sha256:94a4b776025eafdd300fdcd2ae43a1d6137c9204826959b32980b09e36c4f18f"}} as unknown as DocumentNode<SendDeviceCodeMutation, SendDeviceCodeMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:3558be710e9738288774231fc1c16b92b460d8ac99357696a4c100cd52b509f8"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const MyDevicesDocument = {"__meta__":{"hash":"sha256:2c6e71b655064569b941b063dbe71873486b3e7f667e9c06d76065237e08a322"}} as unknown as DocumentNode<MyDevicesQuery, MyDevicesQueryVariables>;
export const RenameDeviceDocument = {"__meta__":{"hash":"sha256:c81d27c477971660e9e2df1f0b5a83ecb957f349712abd4039c731c33ddbda59"}} as unknown as DocumentNode<RenameDeviceMutation, RenameDeviceMutationVariables>;
export const SetDefaultDeviceDocument = {"__meta__":{"hash":"sha256:cfb029f0fcac8c75d993eb625e0670647b92261d8481e64f3a9530332bbab14f"}} as unknown as DocumentNode<SetDefaultDeviceMutation, SetDefaultDeviceMutationVariables>;
export const RemoveDeviceDocument = {"__meta__":{"hash":"sha256:5800e8b801d8abd5b57b1ab47ed98dcff5364076077d844cd8a5179ae3bdcb38"}} as unknown as DocumentNode<RemoveDeviceMutation, RemoveDeviceMutationVariables>;
export const MySessionsDocument = {"__meta__":{"hash":"sha256:ea99e5e844b0dd3ffb8dbbb5d1a2883d18c1b70ecfad8f3ddc45b44782c42396"}} as unknown as DocumentNode<MySessionsQuery, MySessionsQueryVariables>;
export const EndSessionDocument = {"__meta__":{"hash":"sha256:2669578940c3bd8af58919cf58590e9ca7400696c8a84d195749dbffa54dd935"}} as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>;
export const EndOtherSessionsDocument = {"__meta__":{"hash":"sha256:b4b5faebf532f4448bce417bbd9b773139be3bce9aa44e0beeba5c565baa72d8"}} as unknown as DocumentNode<EndOtherSessionsMutation, EndOtherSessionsMutationVariables>;
export const RequestPasswordResetDocument = {"__meta__":{"hash":"sha256:5b888c38ebb580805560e026cc2f5729a111ff3c7ac7bab78aff0d0ebf151deb"}} as unknown as DocumentNode<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = {"__meta__":{"hash":"sha256:b89975d932cbf321458c861c3d583c9e4c33744c0e23ce5d8e8656c545f008d8"}} as unknown as DocumentNode<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ChallengeDeliveryDocument = {"__meta__":{"hash":"sha256:d630e47163183c624704df8dafaca04248fdb65a631f74c6c6460e26cd290485"}} as unknown as DocumentNode<ChallengeDeliveryQuery, ChallengeDeliveryQueryVariables>;
export const ChallengeDocument = {"__meta__":{"hash":"sha256:aa6b936647308f87bac888c9e1120a1c1775c06a4a1f2a250d7fa079ad2e840c"}} as unknown as DocumentNode<ChallengeQuery, ChallengeQueryVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:b7d114b276773615c61eb55da938da5844644b361b165136020e86c790e7d937"}} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SendCodeDocument = {"__meta__":{"hash":"sha256:eaf1fa3d7c3462664b5f920de3fef6b1432e42609b56d9b3e8c7852d1a8c6a73"}} as unknown as DocumentNode<SendCodeMutation, SendCodeMutationVariables>;
export const VerifyCodeDocument = {"__meta__":{"hash":"sha256:f0a3882a38844ff3c42a00b241953c8561ee00e71475258a69ed5233874f0734"}} as unknown as DocumentNode<VerifyCodeMutation, VerifyCodeMutationVariables>;
export const StartStepUpDocument = {"__meta__":{"hash":"sha256:cbb6f5c2e9b487a5f502d89a9a82b6d8db27f99f8aacb814399b560cfbde95cf"}} as unknown as DocumentNode<StartStepUpMutation, StartStepUpMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:e2914b81616c087d93616872738a97f71790358d837a39261c8f2079ee230c71"}} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const SessionDocument = {"__meta__":{"hash":"sha256:1952e902588af4e9b81c72f474823795195e2a86780b9578284cd0cdbf92927c"}} as unknown as DocumentNode<SessionQuery, SessionQueryVariables>;
export const SignInPageDocument = {"__meta__":{"hash":"sha256:e27cbdbaf216985affb7ed5ffda120084a268dfddbbae5fd428727e10d61baf1"}} as unknown as DocumentNode<SignInPageQuery, SignInPageQueryVariables>;