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
    "mutation StartAuthenticator($input: StartAuthenticatorInput!) {\n  startAuthenticator(input: $input) {\n    otpauthUri\n    qrCodePng\n    secret\n    device {\n      id\n    }\n  }\n}\n\nmutation ConfirmDevice($input: ConfirmDeviceInput!) {\n  confirmDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}": typeof types.StartAuthenticatorDocument,
    "mutation AddPhone($input: AddPhoneDeviceInput!) {\n  addPhoneDevice(input: $input) {\n    device {\n      id\n      formatted\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation AddEmail($input: AddEmailDeviceInput!) {\n  addEmailDevice(input: $input) {\n    device {\n      id\n      address\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation SendDeviceCode($input: SendDeviceCodeInput!) {\n  sendDeviceCode(input: $input) {\n    retryAfterSeconds\n  }\n}": typeof types.AddPhoneDocument,
    "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}": typeof types.ChangePasswordDocument,
    "fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}": typeof types.DevicePartsFragmentDoc,
    "query MyDevices {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n  }\n}\n\nmutation RenameDevice($input: RenameDeviceInput!) {\n  renameDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation SetDefaultDevice($input: SetDefaultDeviceInput!) {\n  setDefaultDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation RemoveDevice($input: RemoveDeviceInput!) {\n  removeDevice(input: $input) {\n    removedDeviceId\n    viewer {\n      user {\n        id\n        devices {\n          ...DeviceParts\n        }\n      }\n    }\n  }\n}": typeof types.MyDevicesDocument,
    "query MySessions {\n  viewer {\n    user {\n      id\n    }\n    sessions {\n      id\n      current\n      device\n      address\n      startedAt\n      lastUsedAt\n    }\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    endedSessionId\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}\n\nmutation EndOtherSessions {\n  endOtherSessions {\n    endedSessions\n  }\n}": typeof types.MySessionsDocument,
    "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    requested\n  }\n}\n\nmutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}": typeof types.RequestPasswordResetDocument,
    "fragment ChallengeParts on Challenge {\n  id\n  step\n  supportPhone\n  supportPhoneFormatted\n  expiresAt\n  options {\n    id\n    kind\n    label\n    sentAt\n    retryAfterSeconds\n  }\n  unavailable {\n    kind\n    label\n    reason\n  }\n}\n\nquery Challenge($id: ID!) {\n  challenge(id: $id) {\n    ...ChallengeParts\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SendCode($input: SendCodeInput!) {\n  sendCode(input: $input) {\n    retryAfterSeconds\n    expiresAt\n  }\n}\n\nmutation VerifyCode($input: VerifyCodeInput!) {\n  verifyCode(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation StartStepUp {\n  startStepUp {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}": typeof types.ChallengePartsFragmentDoc,
    "query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n      status\n      language\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    passwordExpiresAt\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}": typeof types.SessionDocument,
    "query SignInPage($institution: String!) {\n  signInPage(institution: $institution) {\n    name\n    supportPhone\n    supportPhoneFormatted\n    languages\n  }\n}": typeof types.SignInPageDocument,
};
const documents: Documents = {
    "mutation StartAuthenticator($input: StartAuthenticatorInput!) {\n  startAuthenticator(input: $input) {\n    otpauthUri\n    qrCodePng\n    secret\n    device {\n      id\n    }\n  }\n}\n\nmutation ConfirmDevice($input: ConfirmDeviceInput!) {\n  confirmDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}": types.StartAuthenticatorDocument,
    "mutation AddPhone($input: AddPhoneDeviceInput!) {\n  addPhoneDevice(input: $input) {\n    device {\n      id\n      formatted\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation AddEmail($input: AddEmailDeviceInput!) {\n  addEmailDevice(input: $input) {\n    device {\n      id\n      address\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation SendDeviceCode($input: SendDeviceCodeInput!) {\n  sendDeviceCode(input: $input) {\n    retryAfterSeconds\n  }\n}": types.AddPhoneDocument,
    "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}": types.ChangePasswordDocument,
    "fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}": types.DevicePartsFragmentDoc,
    "query MyDevices {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n  }\n}\n\nmutation RenameDevice($input: RenameDeviceInput!) {\n  renameDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation SetDefaultDevice($input: SetDefaultDeviceInput!) {\n  setDefaultDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation RemoveDevice($input: RemoveDeviceInput!) {\n  removeDevice(input: $input) {\n    removedDeviceId\n    viewer {\n      user {\n        id\n        devices {\n          ...DeviceParts\n        }\n      }\n    }\n  }\n}": types.MyDevicesDocument,
    "query MySessions {\n  viewer {\n    user {\n      id\n    }\n    sessions {\n      id\n      current\n      device\n      address\n      startedAt\n      lastUsedAt\n    }\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    endedSessionId\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}\n\nmutation EndOtherSessions {\n  endOtherSessions {\n    endedSessions\n  }\n}": types.MySessionsDocument,
    "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    requested\n  }\n}\n\nmutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}": types.RequestPasswordResetDocument,
    "fragment ChallengeParts on Challenge {\n  id\n  step\n  supportPhone\n  supportPhoneFormatted\n  expiresAt\n  options {\n    id\n    kind\n    label\n    sentAt\n    retryAfterSeconds\n  }\n  unavailable {\n    kind\n    label\n    reason\n  }\n}\n\nquery Challenge($id: ID!) {\n  challenge(id: $id) {\n    ...ChallengeParts\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SendCode($input: SendCodeInput!) {\n  sendCode(input: $input) {\n    retryAfterSeconds\n    expiresAt\n  }\n}\n\nmutation VerifyCode($input: VerifyCodeInput!) {\n  verifyCode(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation StartStepUp {\n  startStepUp {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}": types.ChallengePartsFragmentDoc,
    "query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n      status\n      language\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    passwordExpiresAt\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}": types.SessionDocument,
    "query SignInPage($institution: String!) {\n  signInPage(institution: $institution) {\n    name\n    supportPhone\n    supportPhoneFormatted\n    languages\n  }\n}": types.SignInPageDocument,
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
export function graphql(source: "mutation StartAuthenticator($input: StartAuthenticatorInput!) {\n  startAuthenticator(input: $input) {\n    otpauthUri\n    qrCodePng\n    secret\n    device {\n      id\n    }\n  }\n}\n\nmutation ConfirmDevice($input: ConfirmDeviceInput!) {\n  confirmDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}"): (typeof documents)["mutation StartAuthenticator($input: StartAuthenticatorInput!) {\n  startAuthenticator(input: $input) {\n    otpauthUri\n    qrCodePng\n    secret\n    device {\n      id\n    }\n  }\n}\n\nmutation ConfirmDevice($input: ConfirmDeviceInput!) {\n  confirmDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AddPhone($input: AddPhoneDeviceInput!) {\n  addPhoneDevice(input: $input) {\n    device {\n      id\n      formatted\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation AddEmail($input: AddEmailDeviceInput!) {\n  addEmailDevice(input: $input) {\n    device {\n      id\n      address\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation SendDeviceCode($input: SendDeviceCodeInput!) {\n  sendDeviceCode(input: $input) {\n    retryAfterSeconds\n  }\n}"): (typeof documents)["mutation AddPhone($input: AddPhoneDeviceInput!) {\n  addPhoneDevice(input: $input) {\n    device {\n      id\n      formatted\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation AddEmail($input: AddEmailDeviceInput!) {\n  addEmailDevice(input: $input) {\n    device {\n      id\n      address\n    }\n    retryAfterSeconds\n  }\n}\n\nmutation SendDeviceCode($input: SendDeviceCodeInput!) {\n  sendDeviceCode(input: $input) {\n    retryAfterSeconds\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}"): (typeof documents)["mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}"): (typeof documents)["fragment DeviceParts on Device {\n  id\n  label\n  isDefault\n  addedAt\n  confirmedAt\n  lastUsedAt\n  disabledAt\n  suspendedAt\n  ... on PhoneDevice {\n    phoneNumber\n    formatted\n    communicationMethod\n  }\n  ... on EmailDevice {\n    address\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MyDevices {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n  }\n}\n\nmutation RenameDevice($input: RenameDeviceInput!) {\n  renameDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation SetDefaultDevice($input: SetDefaultDeviceInput!) {\n  setDefaultDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation RemoveDevice($input: RemoveDeviceInput!) {\n  removeDevice(input: $input) {\n    removedDeviceId\n    viewer {\n      user {\n        id\n        devices {\n          ...DeviceParts\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query MyDevices {\n  viewer {\n    user {\n      id\n      devices {\n        ...DeviceParts\n      }\n    }\n  }\n}\n\nmutation RenameDevice($input: RenameDeviceInput!) {\n  renameDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation SetDefaultDevice($input: SetDefaultDeviceInput!) {\n  setDefaultDevice(input: $input) {\n    device {\n      ...DeviceParts\n    }\n  }\n}\n\nmutation RemoveDevice($input: RemoveDeviceInput!) {\n  removeDevice(input: $input) {\n    removedDeviceId\n    viewer {\n      user {\n        id\n        devices {\n          ...DeviceParts\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MySessions {\n  viewer {\n    user {\n      id\n    }\n    sessions {\n      id\n      current\n      device\n      address\n      startedAt\n      lastUsedAt\n    }\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    endedSessionId\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}\n\nmutation EndOtherSessions {\n  endOtherSessions {\n    endedSessions\n  }\n}"): (typeof documents)["query MySessions {\n  viewer {\n    user {\n      id\n    }\n    sessions {\n      id\n      current\n      device\n      address\n      startedAt\n      lastUsedAt\n    }\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    endedSessionId\n    viewer {\n      user {\n        id\n      }\n    }\n  }\n}\n\nmutation EndOtherSessions {\n  endOtherSessions {\n    endedSessions\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    requested\n  }\n}\n\nmutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}"): (typeof documents)["mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    requested\n  }\n}\n\nmutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ChallengeParts on Challenge {\n  id\n  step\n  supportPhone\n  supportPhoneFormatted\n  expiresAt\n  options {\n    id\n    kind\n    label\n    sentAt\n    retryAfterSeconds\n  }\n  unavailable {\n    kind\n    label\n    reason\n  }\n}\n\nquery Challenge($id: ID!) {\n  challenge(id: $id) {\n    ...ChallengeParts\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SendCode($input: SendCodeInput!) {\n  sendCode(input: $input) {\n    retryAfterSeconds\n    expiresAt\n  }\n}\n\nmutation VerifyCode($input: VerifyCodeInput!) {\n  verifyCode(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation StartStepUp {\n  startStepUp {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}"): (typeof documents)["fragment ChallengeParts on Challenge {\n  id\n  step\n  supportPhone\n  supportPhoneFormatted\n  expiresAt\n  options {\n    id\n    kind\n    label\n    sentAt\n    retryAfterSeconds\n  }\n  unavailable {\n    kind\n    label\n    reason\n  }\n}\n\nquery Challenge($id: ID!) {\n  challenge(id: $id) {\n    ...ChallengeParts\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SendCode($input: SendCodeInput!) {\n  sendCode(input: $input) {\n    retryAfterSeconds\n    expiresAt\n  }\n}\n\nmutation VerifyCode($input: VerifyCodeInput!) {\n  verifyCode(input: $input) {\n    viewer {\n      user {\n        id\n      }\n    }\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation StartStepUp {\n  startStepUp {\n    challenge {\n      ...ChallengeParts\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n      status\n      language\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    passwordExpiresAt\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}"): (typeof documents)["query Session {\n  environment\n  viewer {\n    user {\n      id\n      email\n      firstName\n      lastName\n      status\n      language\n    }\n    institution {\n      id\n      slug\n      name\n    }\n    permissions\n    passwordExpiresAt\n    secondFactorAt\n    sessionEndsAt\n    sessionIdleSeconds\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SignInPage($institution: String!) {\n  signInPage(institution: $institution) {\n    name\n    supportPhone\n    supportPhoneFormatted\n    languages\n  }\n}"): (typeof documents)["query SignInPage($institution: String!) {\n  signInPage(institution: $institution) {\n    name\n    supportPhone\n    supportPhoneFormatted\n    languages\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;