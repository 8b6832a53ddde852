/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Who makes backup codes. */
export type BackupCodeOrigin =
  /** The user, to keep. */
  | 'SELF'
  /** Staff, for a user who can't get codes any other way. */
  | 'STAFF';

/** Input of changeLanguage. */
export type ChangeLanguageInput = {
  /** The language, one of the institution's. */
  language: Language;
};

/** How a phone gets its codes. */
export type CommunicationMethod =
  /** By a call that speaks the code. */
  | 'CALL'
  /** By text. */
  | 'TEXT';

/** Input of completePreferences. */
export type CompletePreferencesInput = {
  /** The language of texts, calls and mails, one of the institution's. */
  language: Language;
};

/** A language in which users are written and spoken to. */
export type Language =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES';

/** Input of register. */
export type RegisterInput = {
  /** The email address, which becomes the username. */
  email: string;
  /** The first name, 1 to 100 characters. */
  firstName: string;
  /** The institution's short name, such as `harbor`. */
  institution: string;
  /** The language of texts, calls and mails; English if it is left out. */
  language?: Language | null | undefined;
  /** The last name, 1 to 100 characters. */
  lastName: string;
  /** The password: 12 to 200 characters of any kind, none of the common ones, and more than the name or address. */
  password: string;
  /** A phone for codes, with its country code. It counts once a code that came to it was entered. */
  phoneNumber: string;
};

/** A way in which users may prove who they are. */
export type TwoFactorMethod =
  /** A code from an authenticator app. */
  | 'AUTHENTICATOR_APP'
  /** Backup codes that users make for themselves. Those that staff make work without it. */
  | 'BACKUP_CODES'
  /** A code by mail. Mail is easier to break into than a phone: it wants its risk accepted. */
  | 'EMAIL'
  /** A code by text. */
  | 'SMS'
  /** A code by call. */
  | 'VOICE';

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

/** What a notice to a customer is about. */
export type ViewerNoticeKind =
  /** The devices can't be changed until the customer has spoken to support. */
  | 'ACCOUNT_FROZEN'
  /** There is no authenticator app, and the institution permits one. */
  | 'ADD_AUTHENTICATOR'
  /** The preferences are still to be reviewed. */
  | 'COMPLETE_PREFERENCES'
  /** There is one backup code left. */
  | 'LAST_BACKUP_CODE'
  /** There is no way to sign in once more: no device and no backup code. */
  | 'NO_BACKUP_CODES';

export type MyBackupCodesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyBackupCodesQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, backupCodeSets: Array<{ __typename: 'BackupCodeSummary', origin: BackupCodeOrigin, total: number, remaining: number, generatedAt: string, expiresAt: string | null }> | null } } | null, institution: { __typename: 'Institution', id: string, permittedMethods: Array<TwoFactorMethod> } | null };

export type GenerateMyBackupCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type GenerateMyBackupCodesMutation = { __typename: 'Mutation', generateMyBackupCodes: { __typename: 'GenerateMyBackupCodesPayload', codes: Array<string>, viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null } | null };

export type PermittedQueryVariables = Exact<{ [key: string]: never; }>;


export type PermittedQuery = { __typename: 'Query', institution: { __typename: 'Institution', id: string, permittedMethods: Array<TwoFactorMethod> } | null };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { __typename: 'Mutation', register: { __typename: 'RegisterPayload', accepted: boolean } | null };

export type CompletePreferencesMutationVariables = Exact<{
  input: CompletePreferencesInput;
}>;


export type CompletePreferencesMutation = { __typename: 'Mutation', completePreferences: { __typename: 'CompletePreferencesPayload', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, status: UserStatus, language: Language } } | null } | null };

export type SpokenLanguagesQueryVariables = Exact<{ [key: string]: never; }>;


export type SpokenLanguagesQuery = { __typename: 'Query', institution: { __typename: 'Institution', id: string, languages: Array<Language> } | null };

export type ChangeLanguageMutationVariables = Exact<{
  input: ChangeLanguageInput;
}>;


export type ChangeLanguageMutation = { __typename: 'Mutation', changeLanguage: { __typename: 'ChangeLanguagePayload', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, language: Language } } | null } | null };

export type SecurityQueryVariables = Exact<{ [key: string]: never; }>;


export type SecurityQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      > | null }, notices: Array<{ __typename: 'ViewerNotice', kind: ViewerNoticeKind, message: string, link: string | null }> | null, sessions: Array<{ __typename: 'Session', id: string }> | null } | null };

type DeviceParts_AuthenticatorDevice_Fragment = { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type DeviceParts_EmailDevice_Fragment = { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type DeviceParts_PhoneDevice_Fragment = { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

export type DevicePartsFragment =
  | DeviceParts_AuthenticatorDevice_Fragment
  | DeviceParts_EmailDevice_Fragment
  | DeviceParts_PhoneDevice_Fragment
;

export const DevicePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EmailDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"}}]}}]}}]} as unknown as DocumentNode<DevicePartsFragment, unknown>;
export const MyBackupCodesDocument = {"__meta__":{"hash":"sha256:3477185cc4484f6b78313c3edbf8e40ba018fbe7094bf7e13896feb2e53e4afd"}} as unknown as DocumentNode<MyBackupCodesQuery, MyBackupCodesQueryVariables>;
export const GenerateMyBackupCodesDocument = {"__meta__":{"hash":"sha256:d09402915cf49d2c32977e7fc9b5056de347703810b77e77e4790e1c5f692dd8"}} as unknown as DocumentNode<GenerateMyBackupCodesMutation, GenerateMyBackupCodesMutationVariables>;
export const PermittedDocument = {"__meta__":{"hash":"sha256:a4efa1dca3dc2955ce1731ffc23ae0e353e935ba44c00019a0266c0420fdbc92"}} as unknown as DocumentNode<PermittedQuery, PermittedQueryVariables>;
export const RegisterDocument = {"__meta__":{"hash":"sha256:a2438ec610326d41835baca5a869273df85d9398b19542bfe8832a395c2211a9"}} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const CompletePreferencesDocument = {"__meta__":{"hash":"sha256:1a8da04511c1f9c29c6c3759a155679cd011665f811060306fdc7f3dd358302b"}} as unknown as DocumentNode<CompletePreferencesMutation, CompletePreferencesMutationVariables>;
export const SpokenLanguagesDocument = {"__meta__":{"hash":"sha256:7187293254738b08ac93d24dc4dae510dec2a15b308658a150fdc41ed136ca39"}} as unknown as DocumentNode<SpokenLanguagesQuery, SpokenLanguagesQueryVariables>;
export const ChangeLanguageDocument = {"__meta__":{"hash":"sha256:3e71f45fcceb6814b68294ed96dd964ab2193c8e1aad5db5835994e92a1ca67c"}} as unknown as DocumentNode<ChangeLanguageMutation, ChangeLanguageMutationVariables>;
export const SecurityDocument = {"__meta__":{"hash":"sha256:3bec37b065a99805083108ab6aeb5a8f96b03fa667c110493474d2b45cffc506"}} as unknown as DocumentNode<SecurityQuery, SecurityQueryVariables>;