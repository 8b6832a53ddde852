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

/** Input of completePreferences. */
export type CompletePreferencesInput = {
  /** The language of texts, calls and mails, one of the institution's. */
  language: Language;
};

/** Input of confirmDevice. */
export type ConfirmDeviceInput = {
  /** The code, with or without spaces. */
  code: string;
  /** The device. */
  deviceId: string | number;
};

/** Input of endSession. */
export type EndSessionInput = {
  /** The session. */
  sessionId: string | number;
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

/** Input of startAuthenticator. */
export type StartAuthenticatorInput = {
  /** What to call the app, 50 characters at most. */
  label: string;
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
  /** May change no device until staff have looked at the account. */
  | 'FROZEN'
  /** Has a password and no confirmed second factor yet. */
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

export type StartAuthenticatorMutationVariables = Exact<{
  input: StartAuthenticatorInput;
}>;


export type StartAuthenticatorMutation = { __typename: 'Mutation', startAuthenticator: { __typename: 'StartAuthenticatorPayload', otpauthUri: string, qrCodePng: string, secret: string, device: { __typename: 'AuthenticatorDevice', id: string } } | null };

export type ConfirmDeviceMutationVariables = Exact<{
  input: ConfirmDeviceInput;
}>;


export type ConfirmDeviceMutation = { __typename: 'Mutation', confirmDevice: { __typename: 'ConfirmDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
     | null } | null };

export type AddPhoneMutationVariables = Exact<{
  input: AddPhoneDeviceInput;
}>;


export type AddPhoneMutation = { __typename: 'Mutation', addPhoneDevice: { __typename: 'AddPhoneDevicePayload', retryAfterSeconds: number, device: { __typename: 'PhoneDevice', id: string } } | null };

export type AddEmailMutationVariables = Exact<{
  input: AddEmailDeviceInput;
}>;


export type AddEmailMutation = { __typename: 'Mutation', addEmailDevice: { __typename: 'AddEmailDevicePayload', retryAfterSeconds: number, device: { __typename: 'EmailDevice', id: string } } | null };

export type SendDeviceCodeMutationVariables = Exact<{
  input: SendDeviceCodeInput;
}>;


export type SendDeviceCodeMutation = { __typename: 'Mutation', sendDeviceCode: { __typename: 'SendDeviceCodePayload', retryAfterSeconds: number } | null };

type DeviceParts_AuthenticatorDevice_Fragment = { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null };

type DeviceParts_EmailDevice_Fragment = { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null };

type DeviceParts_PhoneDevice_Fragment = { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null };

export type DevicePartsFragment =
  | DeviceParts_AuthenticatorDevice_Fragment
  | DeviceParts_EmailDevice_Fragment
  | DeviceParts_PhoneDevice_Fragment
;

export type MyDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyDevicesQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
        | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      > | null } } | null };

export type RenameDeviceMutationVariables = Exact<{
  input: RenameDeviceInput;
}>;


export type RenameDeviceMutation = { __typename: 'Mutation', renameDevice: { __typename: 'RenameDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
     | null } | null };

export type SetDefaultDeviceMutationVariables = Exact<{
  input: SetDefaultDeviceInput;
}>;


export type SetDefaultDeviceMutation = { __typename: 'Mutation', setDefaultDevice: { __typename: 'SetDefaultDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
     | null } | null };

export type RemoveDeviceMutationVariables = Exact<{
  input: RemoveDeviceInput;
}>;


export type RemoveDeviceMutation = { __typename: 'Mutation', removeDevice: { __typename: 'RemoveDevicePayload', removedDeviceId: string, viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
          | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
          | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
          | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
        > | null } } } | null };

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

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { __typename: 'Mutation', changePassword: { __typename: 'ChangePasswordPayload', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null } | null };

export type SecurityQueryVariables = Exact<{ [key: string]: never; }>;


export type SecurityQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
        | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null }
      > | null }, notices: Array<{ __typename: 'ViewerNotice', kind: ViewerNoticeKind, message: string, link: string | null }> | null, sessions: Array<{ __typename: 'Session', id: string }> | null } | null };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string }, sessions: Array<{ __typename: 'Session', id: string, current: boolean, device: string | null, address: string, startedAt: string, lastUsedAt: string }> | null } | null };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { __typename: 'Mutation', endSession: { __typename: 'EndSessionPayload', endedSessionId: string, viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string } } | null } | null };

export type EndOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type EndOtherSessionsMutation = { __typename: 'Mutation', endOtherSessions: { __typename: 'EndOtherSessionsPayload', endedSessions: number } | null };

export const DevicePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EmailDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"}}]}}]}}]} as unknown as DocumentNode<DevicePartsFragment, unknown>;
export const StartAuthenticatorDocument = {"__meta__":{"hash":"sha256:d2958213eab29fa5951b4f60c672b8c91d66709523e219eacce079a005df3035"}} as unknown as DocumentNode<StartAuthenticatorMutation, StartAuthenticatorMutationVariables>;
export const ConfirmDeviceDocument = {"__meta__":{"hash":"sha256:134af84d03b3a7cc43e87f1fa82fef491bb6cac2fc69ad4b70c1c28516c49e43"}} as unknown as DocumentNode<ConfirmDeviceMutation, ConfirmDeviceMutationVariables>;
export const AddPhoneDocument = {"__meta__":{"hash":"sha256:b5ac7e0a511e460edbf27bc08951a5479decebfdafce0d63e4c38740f1d41af1"}} as unknown as DocumentNode<AddPhoneMutation, AddPhoneMutationVariables>;
export const AddEmailDocument = {"__meta__":{"hash":"sha256:7e61bfb445c98a841e15a51e6ece64c2ce476ecb04b47de4f70f150bbd90099b"}} as unknown as DocumentNode<AddEmailMutation, AddEmailMutationVariables>;
export const SendDeviceCodeDocument = {"__meta__":{"hash":"sha256:94a4b776025eafdd300fdcd2ae43a1d6137c9204826959b32980b09e36c4f18f"}} as unknown as DocumentNode<SendDeviceCodeMutation, SendDeviceCodeMutationVariables>;
export const MyDevicesDocument = {"__meta__":{"hash":"sha256:e780dea0f4df6a1d507972fc2cb3bebc3f1616d9557757d6ae768437d39b4f08"}} as unknown as DocumentNode<MyDevicesQuery, MyDevicesQueryVariables>;
export const RenameDeviceDocument = {"__meta__":{"hash":"sha256:0d90b9645bb85529f9881b544c6018ca1a950123eb530311b77eb796dd6f5288"}} as unknown as DocumentNode<RenameDeviceMutation, RenameDeviceMutationVariables>;
export const SetDefaultDeviceDocument = {"__meta__":{"hash":"sha256:48f086157d0237e19f3d7567468df65fcd380207be71d0d3bd6eb883bd074f6b"}} as unknown as DocumentNode<SetDefaultDeviceMutation, SetDefaultDeviceMutationVariables>;
export const RemoveDeviceDocument = {"__meta__":{"hash":"sha256:bafe56c248a633a1ef7684c71672536c03c28d957c93fb3a1e36398cbe5ddf6a"}} as unknown as DocumentNode<RemoveDeviceMutation, RemoveDeviceMutationVariables>;
export const PermittedDocument = {"__meta__":{"hash":"sha256:a4efa1dca3dc2955ce1731ffc23ae0e353e935ba44c00019a0266c0420fdbc92"}} as unknown as DocumentNode<PermittedQuery, PermittedQueryVariables>;
export const RegisterDocument = {"__meta__":{"hash":"sha256:a2438ec610326d41835baca5a869273df85d9398b19542bfe8832a395c2211a9"}} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const CompletePreferencesDocument = {"__meta__":{"hash":"sha256:1a8da04511c1f9c29c6c3759a155679cd011665f811060306fdc7f3dd358302b"}} as unknown as DocumentNode<CompletePreferencesMutation, CompletePreferencesMutationVariables>;
export const SpokenLanguagesDocument = {"__meta__":{"hash":"sha256:7187293254738b08ac93d24dc4dae510dec2a15b308658a150fdc41ed136ca39"}} as unknown as DocumentNode<SpokenLanguagesQuery, SpokenLanguagesQueryVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:3558be710e9738288774231fc1c16b92b460d8ac99357696a4c100cd52b509f8"}} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const SecurityDocument = {"__meta__":{"hash":"sha256:8af5ad8050afd62dc718b3564a0230d24ff01e03b0391b12628abf9b9c9bcee9"}} as unknown as DocumentNode<SecurityQuery, SecurityQueryVariables>;
export const MySessionsDocument = {"__meta__":{"hash":"sha256:ea99e5e844b0dd3ffb8dbbb5d1a2883d18c1b70ecfad8f3ddc45b44782c42396"}} as unknown as DocumentNode<MySessionsQuery, MySessionsQueryVariables>;
export const EndSessionDocument = {"__meta__":{"hash":"sha256:2669578940c3bd8af58919cf58590e9ca7400696c8a84d195749dbffa54dd935"}} as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>;
export const EndOtherSessionsDocument = {"__meta__":{"hash":"sha256:b4b5faebf532f4448bce417bbd9b773139be3bce9aa44e0beeba5c565baa72d8"}} as unknown as DocumentNode<EndOtherSessionsMutation, EndOtherSessionsMutationVariables>;