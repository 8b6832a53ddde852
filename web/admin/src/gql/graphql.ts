/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Input of acceptInvite. */
export type AcceptInviteInput = {
  /** The password, by the rules of changePassword. */
  newPassword: string;
  /** Where codes go; an authenticator app makes them if it is left out. */
  phoneNumber?: string | null | undefined;
  /** What follows the `#` in the link. */
  token: string;
};

/** What something that needs attention is about. */
export type AttentionKind =
  /** The customer's account is closed. */
  | 'ACCOUNT_CLOSED'
  /** The staff user left, and can't sign in. */
  | 'ACCOUNT_DISABLED'
  /** Somebody registered with the address and has not proved it. */
  | 'ADDRESS_NOT_PROVED'
  /** Unused backup codes are about to expire. */
  | 'BACKUP_CODES_EXPIRE'
  /** Too many wrong codes switched the device off. */
  | 'DEVICE_OFF'
  /** Wrong codes pause the device. */
  | 'DEVICE_PAUSED'
  /** The owner said of a notice that it was not them, and the device was confirmed about then. */
  | 'DEVICE_SUSPENDED'
  /** The device was added and never confirmed. */
  | 'DEVICE_UNCONFIRMED'
  /** The user can't change devices until staff have looked at the account. */
  | 'FROZEN'
  /** The last messages to the phone, by the way that its codes go, were not delivered. */
  | 'MESSAGES_FAIL'
  /** Nobody knows whether the last message to the phone arrived. */
  | 'MESSAGES_UNKNOWN'
  /** The user has not finished enrolling. */
  | 'NOT_ENROLLED'
  /** There is no device. */
  | 'NO_DEVICE'
  /** No device can be used, and the institution permits no other way that the user has. */
  | 'NO_PERMITTED_WAY'
  /** Staff set another number type than was detected. */
  | 'NUMBER_TYPE_SET'
  /** The number type is unknown. */
  | 'NUMBER_TYPE_UNKNOWN'
  /** The owner of the phone, which gets its codes by text, has replied STOP to texts. */
  | 'TEXTS_STOPPED';

/** A part of a user's page. */
export type AttentionPlace =
  /** The backup codes. */
  | 'BACKUP_CODES'
  /** The card of the device. */
  | 'DEVICE'
  /** What a freeze is about, and its end. */
  | 'FREEZE'
  /** The notification history. */
  | 'HISTORY';

/** How grave something is that needs attention. */
export type AttentionSeverity =
  /** The user can't sign in, or somebody else might. */
  | 'BAD'
  /** Worth knowing when codes don't arrive. */
  | 'NOTE'
  /** It keeps the user from signing in in some way, or soon will. */
  | 'WARNING';

/** What was done, or tried. */
export type AuditAction =
  /** Accepted an invitation, by a password and the code of a device. */
  | 'ACCEPT_INVITE'
  /** Added a device of their own, to be confirmed. */
  | 'ADD_DEVICE'
  /** A user chose the language of messages. */
  | 'CHANGED_LANGUAGE'
  /** Changed their password; the detail `by` says RESET where it was by a link in a mail. */
  | 'CHANGE_PASSWORD'
  /** Asked Twilio how an account stands, which the detail `provider` names. */
  | 'CHECK_SMS_PROVIDER'
  /** Returned a phone to its detected number type. */
  | 'CLEAR_NUMBER_TYPE'
  /** Closed a customer's account; the details `sessions` and `codes` say how many were over. */
  | 'CLOSE_USER'
  /** Ended the enrolment. */
  | 'COMPLETED_ENROLLMENT'
  /** Confirmed a device of their own by its first code. */
  | 'CONFIRM_DEVICE'
  /** Made the institution, by a command. */
  | 'CREATE_INSTITUTION'
  /** Made a staff user, by a command. */
  | 'CREATE_STAFF'
  /** Kept a staff user who left from signing in; the details `sessions` and `codes` say how many were over. */
  | 'DISABLE_USER'
  /** Gave up a job that waited, which the detail `job` names. */
  | 'DROP_JOB'
  /** Let a disabled staff user sign in again. */
  | 'ENABLE_USER'
  /** Ended sessions, of their own or a user's; the detail `sessions` says how many. */
  | 'END_SESSIONS'
  /** Took the access review out, as a file. */
  | 'EXPORT_ACCESS_REVIEW'
  /** Said by the link in a notice that a change was not theirs, which froze the account. */
  | 'FREEZE_USER'
  /** Made backup codes. */
  | 'GENERATE_BACKUP_CODES'
  /** Made backup codes for themselves; the detail `codes` says how many. */
  | 'GENERATE_MY_BACKUP_CODES'
  /** Gave a staff user a new first password, by a command; the detail `sessions` is how many were ended. */
  | 'GIVE_FIRST_PASSWORD'
  /** Invited somebody to the staff; the details say to what level and roles. */
  | 'INVITE_STAFF'
  /** Ended the pauses after wrong codes. */
  | 'LIFT_PAUSE'
  /** Was warned before making backup codes. */
  | 'PREPARE_BACKUP_CODES'
  /** Looked at the audit log, or at the access review. */
  | 'READ_AUDIT_LOG'
  /** Read the texts to a number, which the detail `numbers` has in full where it was asked for; like each look, had or refused, with the detail `operation`, the name of the field. */
  | 'READ_NOTIFICATION_HISTORY'
  /** Looked at a user. */
  | 'READ_PROFILE'
  /** Looked at a list of staff; the detail `search` is what they searched for. */
  | 'READ_STAFF'
  /** Looked at a list of users; the detail `search` is what they searched for. */
  | 'READ_USERS'
  /** Wrote the stored secrets anew under the key in use, by a command. */
  | 'REENCRYPT_SECRETS'
  /** Was refused a mutation, or a query that has no action of its own; the detail `operation` names it. */
  | 'REFUSED'
  /** Took a device of their own off the account. */
  | 'REMOVE_DEVICE'
  /** Took an account at Twilio away, which the detail `provider` names. */
  | 'REMOVE_SMS_PROVIDER'
  /** Took a role away, which the detail `role` names. */
  | 'REMOVE_STAFF_ROLE'
  /** Gave a device of their own another name. */
  | 'RENAME_DEVICE'
  /** Took a lost device off an account. */
  | 'RESET_DEVICE'
  /** Let a suspended device sign its owner in again. */
  | 'RESTORE_DEVICE'
  /** Took a key out of the keyset, which the detail `key` names, by a command. */
  | 'RETIRE_KEY'
  /** Did a job again, which the detail `job` names. */
  | 'RETRY_JOB'
  /** Voided backup codes. */
  | 'REVOKE_BACKUP_CODES'
  /** Added an account at Twilio, or changed one, which the detail `provider` names; others say what was changed. */
  | 'SAVE_SMS_PROVIDER'
  /** Changed the level, the roles or what is taken by name of one of the staff; the details say how. */
  | 'SAVE_STAFF'
  /** Made or changed a role; the details name it, what was added and what was taken. */
  | 'SAVE_STAFF_ROLE'
  /** The password was right and a code was wrong. */
  | 'SECOND_FACTOR_FAILED'
  /** Had a test text sent to a phone of their own through an account at Twilio; the details `provider` and `device` name both. */
  | 'SEND_PROVIDER_TEST'
  /** Sent a message without digits to a phone, to see whether it arrives. */
  | 'SEND_TEST_CODE'
  /** Chose the device of their own that a sign-in offers first. */
  | 'SET_DEFAULT_DEVICE'
  /** Signed in with a second factor. */
  | 'SIGNED_IN'
  /** Signed out. */
  | 'SIGNED_OUT'
  /**
   * Passwords that were wrong, from one address with one name in one minute: the details `count` and
   * `minute`, and `name`, a hash of the name under the record's keys. Without name and address it is
   * the rest of a minute that had too many.
   */
  | 'SIGN_IN_FAILED'
  /** Asked for the secret of an authenticator app to set up. */
  | 'START_AUTHENTICATOR'
  /** Proved a second factor again. */
  | 'STEPPED_UP'
  /** Unfroze an account. */
  | 'UNFREEZE_USER'
  /** Set a phone's number type. */
  | 'UPDATE_NUMBER_TYPE'
  /** Changed the institution's settings; the details say each, before and after. */
  | 'UPDATE_SETTINGS'
  /** Proved the email address while enrolling. */
  | 'VERIFIED_EMAIL';

/** Which entries of the audit log to give; all that is set must hold. */
export type AuditLogFilter = {
  /** What was done. */
  action?: AuditAction | null | undefined;
  /** Who acted. */
  actorId?: string | number | null | undefined;
  /** Only since a time. */
  from?: string | null | undefined;
  /** What was acted on: a user, together with their devices, one device, or the institution. */
  targetId?: string | number | null | undefined;
  /** Only before a time. */
  to?: string | null | undefined;
};

/** Why backup codes are made. */
export type BackupCodePurpose =
  /** The user enrols and can't get codes by phone, at an institution that sends no codes by mail. INVALID_INPUT for others. */
  | 'ENROLLMENT'
  /** The user is locked out. */
  | 'LOCKOUT';

/** What became of a backup code. */
export type BackupCodeStatus =
  /** Its time ran out. */
  | 'EXPIRED'
  /** It would still work. */
  | 'UNUSED'
  /** It served its one sign-in. */
  | 'USED'
  /** A newer set, or staff, made it void. */
  | 'VOIDED';

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

/** Input of checkSmsProvider. */
export type CheckSmsProviderInput = {
  /** The account's id. */
  providerId: string | number;
};

/** How something stands that was checked. */
export type CheckStatus =
  /** It does not work. */
  | 'FAIL'
  /** There is nothing to check. */
  | 'NOT_APPLICABLE'
  /** It is in order. */
  | 'PASS'
  /** Nobody could be asked. It is never taken for in order. */
  | 'UNKNOWN'
  /** It works, and somebody should look. */
  | 'WARNING';

/** Input of clearDeviceNumberType. */
export type ClearDeviceNumberTypeInput = {
  /** The phone. */
  deviceId: string | number;
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The `at` of the override that the page showed, null if it showed none: CONFLICT if a colleague changed it since. If it is left out, whatever holds is replaced. */
  seenOverrideAt?: string | null | undefined;
};

/** Input of closeUser. */
export type CloseUserInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The user. */
  userId: string | number;
};

/** What happens to codes. */
export type CodeEventKind =
  /** The provider took it. */
  | 'ACCEPTED'
  /** The call was picked up. */
  | 'ANSWERED'
  /** The line was busy. */
  | 'BUSY'
  /** It was stopped. */
  | 'CANCELED'
  /** The carrier confirmed that it arrived. */
  | 'DELIVERED'
  /** The code was typed, and right. */
  | 'ENTERED'
  /** Its time was over. */
  | 'EXPIRED'
  /** It could not be sent. */
  | 'FAILED'
  /** The call was over. */
  | 'HUNG_UP'
  /** Somebody pressed a key, and the code was said. */
  | 'KEY_PRESSED'
  /** The provider turned out not to have it. */
  | 'NEVER_LEFT'
  /** Nobody picked the call up. */
  | 'NO_ANSWER'
  /** The provider gave no answer, so nobody knew whether it left. */
  | 'NO_REPLY'
  /** An account could not send it, and the next was asked. */
  | 'PASSED_OVER'
  /** The provider did not take it. */
  | 'REFUSED'
  /** It was asked for. */
  | 'REQUESTED'
  /** The phone rang. */
  | 'RINGING'
  /** The carrier, or the mail server, took it. */
  | 'SENT'
  /** A newer code took its place. */
  | 'SUPERSEDED'
  /** The code was typed when it was good no longer. */
  | 'TYPED_LATE'
  /** The code was typed when a newer one had taken its place. */
  | 'TYPED_OLDER'
  /** The carrier says that it did not arrive. */
  | 'UNDELIVERED'
  /** A voicemail or a fax picked the call up, so the code was not said. */
  | 'VOICEMAIL'
  /** A wrong code was typed. */
  | 'WRONG';

/** What became of a code. */
export type CodeOutcome =
  /** It arrived, and nobody has typed it. */
  | 'DELIVERED_NOT_ENTERED'
  /** It was typed, and right. */
  | 'ENTERED'
  /** It was over before it arrived, or what was typed was a code that was good no longer. */
  | 'EXPIRED'
  /** Nobody heard it: the line was busy, nobody answered, a voicemail did, or no key was pressed. */
  | 'NOT_ANSWERED'
  /** It is on its way. */
  | 'PENDING'
  /** The provider did not take it. */
  | 'REFUSED'
  /** It did not arrive. */
  | 'UNDELIVERED'
  /** Nobody knows: the carrier or the provider never said, and its time is over. */
  | 'UNKNOWN'
  /** It arrived or may have, and what was typed was wrong. */
  | 'WRONG';

/** What a code is for. */
export type CodePurpose =
  /** Proving an email address. */
  | 'EMAIL_VERIFICATION'
  /** Joining the staff. */
  | 'INVITATION'
  /** Confirming a device that its owner adds. */
  | 'NEW_DEVICE'
  /** Choosing a new password by a link. */
  | 'PASSWORD_RESET'
  /** Signing in. */
  | 'SIGN_IN'
  /** Making a session's factor fresh. */
  | 'STEP_UP'
  /** None: it is a message without digits, by which staff see whether messages arrive. */
  | 'TEST';

/** How a phone gets its codes. */
export type CommunicationMethod =
  /** By a call that speaks the code. */
  | 'CALL'
  /** By text. */
  | 'TEXT';

/** How far a code came, as far as its user is told. */
export type CustomerDelivery =
  /** It arrived. */
  | 'ARRIVED'
  /** It did not arrive. */
  | 'NOT_ARRIVED'
  /** It is on its way. */
  | 'ON_ITS_WAY';

/** Input of disableUser. */
export type DisableUserInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The user. */
  userId: string | number;
};

/** Input of dropJob. */
export type DropJobInput = {
  /** The job's id. */
  jobId: string | number;
  /** Why, for the audit log, 1 to 500 characters. */
  reason: string;
};

/** Input of enableUser. */
export type EnableUserInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The user. */
  userId: string | number;
};

/** Input of endUserSessions. */
export type EndUserSessionsInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The user. */
  userId: string | number;
};

/** Who can mend a failure. */
export type FixableBy =
  /** The mobile carrier. */
  | 'CARRIER'
  /** The customer. */
  | 'CUSTOMER'
  /** An administrator of the institution. */
  | 'INSTITUTION_ADMIN'
  /** Twilio. */
  | 'PROVIDER'
  /** Support staff. */
  | 'STAFF';

/** Input of generateBackupCodes. */
export type GenerateBackupCodesInput = {
  /** The token of prepareBackupCodes. */
  confirmationToken: string;
  /** How the codes will reach the user. */
  handover: Handover;
};

/** How codes reach the user. Never by text or email. */
export type Handover =
  /** On paper or read out, in person. */
  | 'IN_PERSON'
  /** Read out on a call to a number on file. */
  | 'PHONE_CALL';

/** How staff made sure of the person. */
export type IdentityCheck =
  /** The caller answered a challenge to a registered device. Refused as INVALID_INPUT: nothing makes such a check yet. */
  | 'CALLER_CHECK'
  /** Staff called back a number on file. */
  | 'CALL_BACK'
  /** An identity document was checked. */
  | 'DOCUMENT'
  /** The person stands before them. */
  | 'IN_PERSON';

/** Input of inviteStaff. */
export type InviteStaffInput = {
  /** Whether they are to be Admin-level; they are not if it is left out. */
  adminLevel?: boolean | null | undefined;
  /** The email address, which is also the username. */
  email: string;
  /** The first name. */
  firstName: string;
  /** The last name. */
  lastName: string;
  /** The roles, by id; none if they are left out. */
  roleIds?: Array<string | number> | null | undefined;
};

/** What a job needs. */
export type JobQueue =
  /** Twilio, to look something up. */
  | 'CHECKS'
  /** The mail server. */
  | 'MAIL'
  /** Twilio, for texts and calls. */
  | 'PHONE'
  /** Twilio, to register something. */
  | 'REGISTRATIONS';

/** How a job stands. */
export type JobState =
  /** It is not tried again by itself. */
  | 'GIVEN_UP'
  /** It is due, being done, or waits for another try. */
  | 'WAITING';

/** A language in which users are written and spoken to. */
export type Language =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES';

/** Input of liftPause. */
export type LiftPauseInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The user. */
  userId: string | number;
};

/** What a text is for. */
export type NotificationKind =
  /** Any other: what the user asked to be told. */
  | 'ALERT'
  /** It tells of a change to the account's security. */
  | 'SECURITY_NOTICE'
  /** It carries a code. */
  | 'VERIFICATION_CODE';

/** What is known of a text's way. */
export type NotificationStatus =
  /** It was stopped before it was sent. */
  | 'CANCELED'
  /** The carrier, and where it can the handset, confirmed it. */
  | 'DELIVERED'
  /** The carrier took it more than an hour ago and has not reported since; or Twilio never said whether it took it, and its code is over. */
  | 'DELIVERY_UNKNOWN'
  /** It could not be sent. */
  | 'FAILED'
  /** On its way; the carrier has not taken it yet, or Twilio has not answered for it. */
  | 'PENDING'
  /** The carrier took it an hour ago or less, and has not reported since. */
  | 'SENT'
  /** The carrier says that it did not arrive. */
  | 'UNDELIVERED';

/** What a number is, as far as sending codes to it goes. */
export type NumberType =
  /** A landline, which gets calls. */
  | 'LANDLINE'
  /** A mobile phone, which gets texts. */
  | 'MOBILE'
  /** An internet phone, which gets calls. */
  | 'VOIP';

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

/** Input of prepareBackupCodes. */
export type PrepareBackupCodesInput = {
  /** How you made sure of the person. */
  identityCheck: IdentityCheck;
  /** What for. */
  purpose: BackupCodePurpose;
  /** Why, 1 to 500 characters. */
  reason: string;
  /** For whom. */
  userId: string | number;
};

/** How much of the platform an institution uses. */
export type Product =
  /** Only the opening of accounts: customers have no sign-in, and staff get texts and calls under the platform's name. */
  | 'ACCOUNT_OPENING_ONLY'
  /** All of it. */
  | 'FULL';

/** Input of removeSmsProvider. */
export type RemoveSmsProviderInput = {
  /** Says that the viewer knows that nothing can be sent any more. */
  acceptNoProvider?: boolean | null | undefined;
  /** The account's id. */
  providerId: string | number;
  /** Why, 1 to 500 characters. */
  reason: string;
};

/** Input of removeStaffRole. */
export type RemoveStaffRoleInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The role. */
  roleId: string | number;
};

/** Input of resetDevice. */
export type ResetDeviceInput = {
  /** The device. */
  deviceId: string | number;
  /** Why, 1 to 500 characters. */
  reason: string;
};

/** Input of restoreDevice. */
export type RestoreDeviceInput = {
  /** The device. */
  deviceId: string | number;
  /** Why, 1 to 500 characters. */
  reason: string;
};

/** Input of retryJob. */
export type RetryJobInput = {
  /** The job's id. */
  jobId: string | number;
  /** Why, for the audit log, 1 to 500 characters. */
  reason: string;
};

/** Input of revokeBackupCodes. */
export type RevokeBackupCodesInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** Whose codes. */
  userId: string | number;
};

/** Input of saveSmsProvider. What is left out stays. */
export type SaveSmsProviderInput = {
  /** Says that the viewer knows that nothing can be sent any more. */
  acceptNoProvider?: boolean | null | undefined;
  /** The account SID: AC and 32 hexadecimal digits. A new account needs it. */
  accountSid?: string | null | undefined;
  /** The secret of the API key. */
  apiKeySecret?: string | null | undefined;
  /** The SID of an API key that carries the requests in place of the token; empty takes it away. */
  apiKeySid?: string | null | undefined;
  /** The auth token. A new account needs it. Reports that were signed by the one before hold for an hour. */
  authToken?: string | null | undefined;
  /** The balance below which somebody should pay, such as `10.00`. */
  balanceThreshold?: string | null | undefined;
  /** Whether it is used at all. */
  enabled?: boolean | null | undefined;
  /** The SID of a messaging service that texts in place of the sender; empty takes it away. */
  messagingServiceSid?: string | null | undefined;
  /** What staff call it, 1 to 60 characters. */
  name?: string | null | undefined;
  /** Which of several is used, 1 to 100: the lowest. */
  priority?: number | null | undefined;
  /** The account's id; a new one is made where it is left out. */
  providerId?: string | number | null | undefined;
  /** The number that calls and texts, in any form; empty takes it away. */
  sender?: string | null | undefined;
  /** The `version` that the change was made to; if it is left out, the newest. */
  version?: number | null | undefined;
};

/** Input of saveStaff: what is left out stays as it is. */
export type SaveStaffInput = {
  /** Whether they are Admin-level staff. */
  adminLevel?: boolean | null | undefined;
  /** Why, 1 to 500 characters. */
  reason: string;
  /** All that is taken from them by name, which wins over every role. */
  removedPermissions?: Array<Permission> | null | undefined;
  /** All roles that they are to have. */
  roleIds?: Array<string | number> | null | undefined;
  /** The staff user. */
  userId: string | number;
  /** The version of their access that was seen: CONFLICT if somebody else changed it since. */
  version?: number | null | undefined;
};

/** Input of saveStaffRole: what is left out stays as it is. */
export type SaveStaffRoleInput = {
  /** The name, 1 to 60 characters; needed for a new role. */
  name?: string | null | undefined;
  /** All that the role is to allow; needed for a new role. */
  permissions?: Array<Permission> | null | undefined;
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The role; left out for a new one. */
  roleId?: string | number | null | undefined;
  /** The version that was seen: CONFLICT if somebody else changed the role since. */
  version?: number | null | undefined;
};

/** Input of sendProviderTest. */
export type SendProviderTestInput = {
  /** The id of a confirmed phone of the viewer's own that gets texts. */
  deviceId: string | number;
  /** The account's id. */
  providerId: string | number;
};

/** Input of sendTestCode. */
export type SendTestCodeInput = {
  /** The phone. */
  deviceId: string | number;
};

/** What is looked at of an account at Twilio. */
export type SmsProviderCheckId =
  /** Whether the account is active, and not for trial. */
  | 'ACCOUNT'
  /** Whether there is enough money in it. */
  | 'BALANCE'
  /** Whether Twilio takes the credentials. */
  | 'CREDENTIALS'
  /** Whether it is switched on here. */
  | 'ENABLED'
  /** Whether the sender, or the messaging service with a sender in it, is the account's, and what it can do. */
  | 'SENDER'
  /** What Twilio's public status page says of all of Twilio. Codes may leave all the same. */
  | 'STATUS_PAGE';

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

/** Input of unfreezeUser. */
export type UnfreezeUserInput = {
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The user. */
  userId: string | number;
};

/** Input of updateDeviceNumberType. */
export type UpdateDeviceNumberTypeInput = {
  /** The phone. */
  deviceId: string | number;
  /** The type to set. */
  numberType: NumberType;
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The `at` of the override that the page showed, null if it showed none: CONFLICT if a colleague changed it since. If it is left out, whatever holds is replaced. */
  seenOverrideAt?: string | null | undefined;
};

/** Input of updateInstitution. What is left out, or null, stays as it is, unless it says otherwise. */
export type UpdateInstitutionInput = {
  /** Accepts, in the viewer's name, the risk of EMAIL or of VoIP numbers. A change that newly permits one wants it. */
  acceptRisk?: boolean | null | undefined;
  /** How many codes a set of backup codes has, 1 to 10. */
  backupCodesPerSet?: number | null | undefined;
  /** How long a code that is sent works, 60 to 600 seconds. */
  codeLifetimeSeconds?: number | null | undefined;
  /** Where the institution is: a country's two letters (ISO 3166). */
  country?: string | null | undefined;
  /** How many texts and calls may go out in a UTC day, 1 to 1,000,000. */
  dailySends?: number | null | undefined;
  /** Saves nothing and answers the settings as they would be, settingsWarnings too, or the error that saving would meet. It wants no fresh factor. */
  dryRun?: boolean | null | undefined;
  /** How many acts of very high risk a staff user may do in an hour, 1 to 1,000. */
  highRiskActsPerHour?: number | null | undefined;
  /** The languages that users may choose: at least one. Who has another keeps it. */
  languages?: Array<Language> | null | undefined;
  /** The ways in which users may prove who they are: at least one besides BACKUP_CODES. */
  permittedMethods?: Array<TwoFactorMethod> | null | undefined;
  /** How much of the platform the institution uses: one product. */
  products?: Array<Product> | null | undefined;
  /** How long backup codes that staff make work, 10 to 43200 minutes. */
  staffCodeLifetimeMinutes?: number | null | undefined;
  /** What notices tell users to call, with its country code or as it is dialled in `country`; null takes the number away. */
  supportPhone?: string | null | undefined;
  /** Whether customers who enrol prove their email address first, where codes by mail are not permitted. Every sign-in needs a second factor anyway. */
  twoFactorRequired?: boolean | null | undefined;
  /** The `version` that the change was made to; if it is left out, the newest. */
  version?: number | null | undefined;
  /** Whether internet phones get codes by call. */
  voipNumbersAllowed?: boolean | null | undefined;
};

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
  /** May change no device, and hold no permission, until staff have looked at the account. */
  | 'FROZEN'
  /** Has a password and no confirmed second factor yet; see addressProvedAt, too. */
  | 'REGISTERED';

export type MyAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAccountQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      > | null }, sessions: Array<{ __typename: 'Session', id: string }> | null } | null, institution: { __typename: 'Institution', id: string, permittedMethods: Array<TwoFactorMethod> } | null };

export type AuditPersonFragment = { __typename: 'User', id: string, kind: UserKind, email: string, firstName: string, lastName: string };

export type AuditLogQueryVariables = Exact<{
  filter: AuditLogFilter;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { __typename: 'Query', auditLog: { __typename: 'AuditLogConnection', nodes: Array<{ __typename: 'AuditLogEntry', id: string, sequence: number, at: string, actorId: string | null, action: AuditAction, targetId: string | null, outcome: string, address: string | null, actor: { __typename: 'User', id: string, kind: UserKind, email: string, firstName: string, lastName: string } | null, targetUser: { __typename: 'User', id: string, kind: UserKind, email: string, firstName: string, lastName: string } | null, details: Array<{ __typename: 'AuditDetail', name: string, value: string }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null };

export type AuditPersonQueryVariables = Exact<{
  id: string | number;
}>;


export type AuditPersonQuery = { __typename: 'Query', user: { __typename: 'User', id: string, kind: UserKind, email: string, firstName: string, lastName: string } | null };

export type AuditPeopleQueryVariables = Exact<{
  search: string;
}>;


export type AuditPeopleQuery = { __typename: 'Query', users: { __typename: 'UserConnection', nodes: Array<{ __typename: 'User', id: string, kind: UserKind, email: string, firstName: string, lastName: string }> } | null };

export type BackupCodesCardFragment = { __typename: 'User', id: string, kind: UserKind, backupCodes: { __typename: 'BackupCodeSummary', total: number, remaining: number, generatedAt: string, expiresAt: string | null, purpose: BackupCodePurpose | null, codes: Array<{ __typename: 'BackupCodeState', status: BackupCodeStatus, usedAt: string | null }> } | null, viewerCan: { __typename: 'UserViewerCan', generateBackupCodes: { __typename: 'Allowance', allowed: boolean, reason: string | null }, revokeBackupCodes: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type BackupCodeSetFragment = { __typename: 'BackupCodeSummary', total: number, remaining: number, generatedAt: string, expiresAt: string | null, purpose: BackupCodePurpose | null, codes: Array<{ __typename: 'BackupCodeState', status: BackupCodeStatus, usedAt: string | null }> };

export type RevokeBackupCodesMutationVariables = Exact<{
  input: RevokeBackupCodesInput;
}>;


export type RevokeBackupCodesMutation = { __typename: 'Mutation', revokeBackupCodes: { __typename: 'RevokeBackupCodesPayload', voidedCodes: number, user: { __typename: 'User', id: string, backupCodes: { __typename: 'BackupCodeSummary', total: number, remaining: number, generatedAt: string, expiresAt: string | null, purpose: BackupCodePurpose | null, codes: Array<{ __typename: 'BackupCodeState', status: BackupCodeStatus, usedAt: string | null }> } | null } | null } | null };

export type BackupCodesUserQueryVariables = Exact<{
  userId: string | number;
}>;


export type BackupCodesUserQuery = { __typename: 'Query', user: { __typename: 'User', id: string, kind: UserKind, status: UserStatus, email: string, firstName: string, lastName: string, devices: Array<
      | { __typename: 'AuthenticatorDevice', id: string, addedAt: string, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'EmailDevice', id: string, addedAt: string, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, addedAt: string, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
    > | null, backupCodes: { __typename: 'BackupCodeSummary', total: number, remaining: number, generatedAt: string, expiresAt: string | null, purpose: BackupCodePurpose | null, codes: Array<{ __typename: 'BackupCodeState', status: BackupCodeStatus, usedAt: string | null }> } | null, viewerCan: { __typename: 'UserViewerCan', generateBackupCodes: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null } | null };

export type PrepareBackupCodesMutationVariables = Exact<{
  input: PrepareBackupCodesInput;
}>;


export type PrepareBackupCodesMutation = { __typename: 'Mutation', prepareBackupCodes: { __typename: 'PrepareBackupCodesPayload', confirmation: { __typename: 'BackupCodeConfirmation', token: string, expiresAt: string, warning: string, voidsCodes: number } | null } | null };

export type GenerateBackupCodesMutationVariables = Exact<{
  input: GenerateBackupCodesInput;
}>;


export type GenerateBackupCodesMutation = { __typename: 'Mutation', generateBackupCodes: { __typename: 'GenerateBackupCodesPayload', codes: Array<string>, expiresAt: string, instructions: string, user: { __typename: 'User', id: string } | null } | null };

export type CodeTimelineQueryVariables = Exact<{
  user: string | number;
  after?: string | null | undefined;
}>;


export type CodeTimelineQuery = { __typename: 'Query', user: { __typename: 'User', id: string, codeTimeline: { __typename: 'CodeAttemptConnection', nodes: Array<{ __typename: 'CodeAttempt', id: string, purpose: CodePurpose, channel: ChallengeOptionKind, to: string | null, requestedAt: string, outcome: CodeOutcome, provider: string | null, sid: string | null, segments: number | null, price: string | null, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null, events: Array<{ __typename: 'CodeEvent', kind: CodeEventKind, at: string, detail: string | null }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type CodesUserFragment = { __typename: 'User', id: string, firstName: string, viewerCan: { __typename: 'UserViewerCan', notificationHistory: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type CodeRowFragment = { __typename: 'CodeAttempt', id: string, purpose: CodePurpose, channel: ChallengeOptionKind, to: string | null, requestedAt: string, outcome: CodeOutcome, provider: string | null, sid: string | null, segments: number | null, price: string | null, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null, events: Array<{ __typename: 'CodeEvent', kind: CodeEventKind, at: string, detail: string | null }> };

export type CodeAttemptUpdatedSubscriptionVariables = Exact<{
  user: string | number;
}>;


export type CodeAttemptUpdatedSubscription = { codeAttemptUpdated: { __typename: 'CodeAttempt', id: string, purpose: CodePurpose, channel: ChallengeOptionKind, to: string | null, requestedAt: string, outcome: CodeOutcome, provider: string | null, sid: string | null, segments: number | null, price: string | null, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null, events: Array<{ __typename: 'CodeEvent', kind: CodeEventKind, at: string, detail: string | null }> } | null };

export type SendTestCodeMutationVariables = Exact<{
  input: SendTestCodeInput;
}>;


export type SendTestCodeMutation = { __typename: 'Mutation', sendTestCode: { __typename: 'SendTestCodePayload', attempt: { __typename: 'CodeAttempt', id: string, purpose: CodePurpose, channel: ChallengeOptionKind, to: string | null, requestedAt: string, outcome: CodeOutcome, provider: string | null, sid: string | null, segments: number | null, price: string | null, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null, events: Array<{ __typename: 'CodeEvent', kind: CodeEventKind, at: string, detail: string | null }> } } | null };

export type NotificationHistoryUserFragment = { __typename: 'User', id: string, devices: Array<
    | { __typename: 'AuthenticatorDevice', id: string }
    | { __typename: 'EmailDevice', id: string }
    | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, id: string }
  > | null, viewerCan: { __typename: 'UserViewerCan', notificationHistory: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type HistoryPageFragment = { __typename: 'NotificationHistory', unavailableReason: string | null, numbers: Array<string>, asOf: string | null, stale: boolean, staleReason: string | null, messages: { __typename: 'NotificationConnection', edges: Array<{ __typename: 'NotificationEdge', cursor: string, node: { __typename: 'Notification', id: string, sid: string | null, date: string, status: NotificationStatus, kind: NotificationKind, body: string, fromFormatted: string | null, toFormatted: string, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } } | null };

export type UserHistoryQueryVariables = Exact<{
  user: string | number;
  number?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type UserHistoryQuery = { __typename: 'Query', user: { __typename: 'User', id: string, notificationHistory: { __typename: 'NotificationHistory', unavailableReason: string | null, numbers: Array<string>, asOf: string | null, stale: boolean, staleReason: string | null, messages: { __typename: 'NotificationConnection', edges: Array<{ __typename: 'NotificationEdge', cursor: string, node: { __typename: 'Notification', id: string, sid: string | null, date: string, status: NotificationStatus, kind: NotificationKind, body: string, fromFormatted: string | null, toFormatted: string, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } } | null } | null } | null };

export type NumberHistoryQueryVariables = Exact<{
  number: string;
  after?: string | null | undefined;
}>;


export type NumberHistoryQuery = { __typename: 'Query', notificationHistory: { __typename: 'NotificationHistory', unavailableReason: string | null, numbers: Array<string>, asOf: string | null, stale: boolean, staleReason: string | null, messages: { __typename: 'NotificationConnection', edges: Array<{ __typename: 'NotificationEdge', cursor: string, node: { __typename: 'Notification', id: string, sid: string | null, date: string, status: NotificationStatus, kind: NotificationKind, body: string, fromFormatted: string | null, toFormatted: string, error: { __typename: 'NotificationError', code: number | null, title: string, explanation: string, whoCanFix: Array<FixableBy>, remedy: string, docsUrl: string | null } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } } | null } | null };

export type JobsQueryVariables = Exact<{
  state?: JobState | null | undefined;
  after?: string | null | undefined;
}>;


export type JobsQuery = { __typename: 'Query', institution: { __typename: 'Institution', id: string, jobs: { __typename: 'JobConnection', nodes: Array<{ __typename: 'Job', id: string, kind: string, queue: JobQueue, state: JobState, createdAt: string, dueAt: string | null, givenUpAt: string | null, attempts: number, reason: string | null, user: { __typename: 'User', id: string, email: string, firstName: string, lastName: string } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type ShownJobFragment = { __typename: 'Job', id: string, kind: string, queue: JobQueue, state: JobState, createdAt: string, dueAt: string | null, givenUpAt: string | null, attempts: number, reason: string | null, user: { __typename: 'User', id: string, email: string, firstName: string, lastName: string } | null };

export type RetryJobMutationVariables = Exact<{
  input: RetryJobInput;
}>;


export type RetryJobMutation = { __typename: 'Mutation', retryJob: { __typename: 'RetryJobPayload', job: { __typename: 'Job', id: string } } | null };

export type DropJobMutationVariables = Exact<{
  input: DropJobInput;
}>;


export type DropJobMutation = { __typename: 'Mutation', dropJob: { __typename: 'DropJobPayload', job: { __typename: 'Job', id: string } } | null };

export type SendingTroubleQueryVariables = Exact<{ [key: string]: never; }>;


export type SendingTroubleQuery = { __typename: 'Query', institution: { __typename: 'Institution', id: string, sendingTrouble: { __typename: 'SendingTrouble', explanation: string, since: string | null, checkedAt: string | null, fixableBy: FixableBy } | null } | null };

export type SmsProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type SmsProvidersQuery = { __typename: 'Query', viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, isDefault: boolean, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'EmailDevice', id: string, isDefault: boolean, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
        | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, isDefault: boolean, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null }
      > | null } } | null, institution: { __typename: 'Institution', id: string, smsProviders: Array<{ __typename: 'SmsProvider', id: string, name: string, accountSid: string, tokenLastFour: string, tokenChangedAt: string | null, apiKeySid: string | null, senderFormatted: string | null, messagingServiceSid: string | null, enabled: boolean, priority: number, balanceThreshold: string, version: number, tokenChangedBy: { __typename: 'User', id: string, firstName: string, lastName: string } | null, health: { __typename: 'SmsProviderHealth', status: CheckStatus, checkedAt: string, checks: Array<{ __typename: 'SmsProviderCheck', id: SmsProviderCheckId, status: CheckStatus, explanation: string, fixableBy: FixableBy | null }>, balance: { __typename: 'SmsProviderBalance', amount: string, currency: string } | null } | null }> | null } | null };

type OwnDevice_AuthenticatorDevice_Fragment = { __typename: 'AuthenticatorDevice', id: string, isDefault: boolean, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type OwnDevice_EmailDevice_Fragment = { __typename: 'EmailDevice', id: string, isDefault: boolean, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type OwnDevice_PhoneDevice_Fragment = { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, isDefault: boolean, confirmedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

export type OwnDeviceFragment =
  | OwnDevice_AuthenticatorDevice_Fragment
  | OwnDevice_EmailDevice_Fragment
  | OwnDevice_PhoneDevice_Fragment
;

export type ShownProviderFragment = { __typename: 'SmsProvider', id: string, name: string, accountSid: string, tokenLastFour: string, tokenChangedAt: string | null, apiKeySid: string | null, senderFormatted: string | null, messagingServiceSid: string | null, enabled: boolean, priority: number, balanceThreshold: string, version: number, tokenChangedBy: { __typename: 'User', id: string, firstName: string, lastName: string } | null, health: { __typename: 'SmsProviderHealth', status: CheckStatus, checkedAt: string, checks: Array<{ __typename: 'SmsProviderCheck', id: SmsProviderCheckId, status: CheckStatus, explanation: string, fixableBy: FixableBy | null }>, balance: { __typename: 'SmsProviderBalance', amount: string, currency: string } | null } | null };

export type SaveSmsProviderMutationVariables = Exact<{
  input: SaveSmsProviderInput;
}>;


export type SaveSmsProviderMutation = { __typename: 'Mutation', saveSmsProvider: { __typename: 'SaveSmsProviderPayload', provider: { __typename: 'SmsProvider', id: string, name: string, accountSid: string, tokenLastFour: string, tokenChangedAt: string | null, apiKeySid: string | null, senderFormatted: string | null, messagingServiceSid: string | null, enabled: boolean, priority: number, balanceThreshold: string, version: number, tokenChangedBy: { __typename: 'User', id: string, firstName: string, lastName: string } | null, health: { __typename: 'SmsProviderHealth', status: CheckStatus, checkedAt: string, checks: Array<{ __typename: 'SmsProviderCheck', id: SmsProviderCheckId, status: CheckStatus, explanation: string, fixableBy: FixableBy | null }>, balance: { __typename: 'SmsProviderBalance', amount: string, currency: string } | null } | null } } | null };

export type CheckSmsProviderMutationVariables = Exact<{
  input: CheckSmsProviderInput;
}>;


export type CheckSmsProviderMutation = { __typename: 'Mutation', checkSmsProvider: { __typename: 'CheckSmsProviderPayload', provider: { __typename: 'SmsProvider', id: string, name: string, accountSid: string, tokenLastFour: string, tokenChangedAt: string | null, apiKeySid: string | null, senderFormatted: string | null, messagingServiceSid: string | null, enabled: boolean, priority: number, balanceThreshold: string, version: number, tokenChangedBy: { __typename: 'User', id: string, firstName: string, lastName: string } | null, health: { __typename: 'SmsProviderHealth', status: CheckStatus, checkedAt: string, checks: Array<{ __typename: 'SmsProviderCheck', id: SmsProviderCheckId, status: CheckStatus, explanation: string, fixableBy: FixableBy | null }>, balance: { __typename: 'SmsProviderBalance', amount: string, currency: string } | null } | null } } | null };

export type SendProviderTestMutationVariables = Exact<{
  input: SendProviderTestInput;
}>;


export type SendProviderTestMutation = { __typename: 'Mutation', sendProviderTest: { __typename: 'SendProviderTestPayload', accepted: boolean } | null };

export type RemoveSmsProviderMutationVariables = Exact<{
  input: RemoveSmsProviderInput;
}>;


export type RemoveSmsProviderMutation = { __typename: 'Mutation', removeSmsProvider: { __typename: 'RemoveSmsProviderPayload', provider: { __typename: 'SmsProvider', id: string } } | null };

export type AccessReviewQueryVariables = Exact<{
  search?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AccessReviewQuery = { __typename: 'Query', accessReview: { __typename: 'AccessReviewConnection', nodes: Array<{ __typename: 'AccessReview', userId: string, name: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, grants: Array<{ __typename: 'AccessGrant', permission: Permission, roles: Array<string>, since: string | null, grantedBy: string | null, lastUsedAt: string | null }> }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null };

export type ReviewedPersonFragment = { __typename: 'AccessReview', userId: string, name: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, grants: Array<{ __typename: 'AccessGrant', permission: Permission, roles: Array<string>, since: string | null, grantedBy: string | null, lastUsedAt: string | null }> };

export type ReviewedGrantFragment = { __typename: 'AccessGrant', permission: Permission, roles: Array<string>, since: string | null, grantedBy: string | null, lastUsedAt: string | null };

export type ExportAccessReviewMutationVariables = Exact<{ [key: string]: never; }>;


export type ExportAccessReviewMutation = { __typename: 'Mutation', exportAccessReview: { __typename: 'ExportAccessReviewPayload', fileName: string, csv: string } | null };

export type StaffRolesQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffRolesQuery = { __typename: 'Query', staffRoles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission>, memberCount: number, version: number }> | null, viewer: { __typename: 'Viewer', permissions: Array<Permission>, user: { __typename: 'User', id: string, roles: Array<{ __typename: 'StaffRole', id: string }> | null } } | null };

export type ShownRoleFragment = { __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission>, memberCount: number, version: number };

export type SaveStaffRoleMutationVariables = Exact<{
  input: SaveStaffRoleInput;
}>;


export type SaveStaffRoleMutation = { __typename: 'Mutation', saveStaffRole: { __typename: 'SaveStaffRolePayload', role: { __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission>, memberCount: number, version: number } | null } | null };

export type RemoveStaffRoleMutationVariables = Exact<{
  input: RemoveStaffRoleInput;
}>;


export type RemoveStaffRoleMutation = { __typename: 'Mutation', removeStaffRole: { __typename: 'RemoveStaffRolePayload', role: { __typename: 'StaffRole', id: string } | null } | null };

export type InvitationQueryVariables = Exact<{
  token: string;
}>;


export type InvitationQuery = { __typename: 'Query', invitation: { __typename: 'Invitation', institutionName: string, invitedBy: string, firstName: string, email: string, phonePermitted: boolean, authenticatorPermitted: boolean } | null };

export type AcceptInviteMutationVariables = Exact<{
  input: AcceptInviteInput;
}>;


export type AcceptInviteMutation = { __typename: 'Mutation', acceptInvite: { __typename: 'AcceptInvitePayload', challenge: { __typename: 'Challenge', id: string, step: ChallengeStep, supportPhone: string | null, supportPhoneFormatted: string | null, expiresAt: string, options: Array<{ __typename: 'ChallengeOption', id: string, kind: ChallengeOptionKind, label: string, sentAt: string | null, retryAfterSeconds: number | null }>, unavailable: Array<{ __typename: 'UnavailableOption', kind: ChallengeOptionKind, label: string, reason: UnavailableReason }>, delivery: { __typename: 'ChallengeDelivery', optionId: string, state: CustomerDelivery, explanation: string, tryInstead: string | null, withoutKey: boolean } | null }, authenticator: { __typename: 'InvitedAuthenticator', uri: string, secret: string, qrCodePng: string } | null } | null };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { __typename: 'Query', institution: { __typename: 'Institution', id: string, slug: string, name: string, version: number | null, permittedMethods: Array<TwoFactorMethod>, voipNumbersAllowed: boolean | null, twoFactorRequired: boolean | null, codeLifetimeSeconds: number | null, backupCodesPerSet: number | null, staffCodeLifetimeMinutes: number | null, dailySends: number | null, highRiskActsPerHour: number | null, country: string, supportPhone: string | null, supportPhoneFormatted: string | null, languages: Array<Language>, products: Array<Product> | null, settingsWarnings: Array<string> | null, emailRisk: { __typename: 'RiskAcceptance', by: string, at: string } | null, voipRisk: { __typename: 'RiskAcceptance', by: string, at: string } | null } | null };

export type InstitutionSettingsFragment = { __typename: 'Institution', id: string, slug: string, name: string, version: number | null, permittedMethods: Array<TwoFactorMethod>, voipNumbersAllowed: boolean | null, twoFactorRequired: boolean | null, codeLifetimeSeconds: number | null, backupCodesPerSet: number | null, staffCodeLifetimeMinutes: number | null, dailySends: number | null, highRiskActsPerHour: number | null, country: string, supportPhone: string | null, supportPhoneFormatted: string | null, languages: Array<Language>, products: Array<Product> | null, settingsWarnings: Array<string> | null, emailRisk: { __typename: 'RiskAcceptance', by: string, at: string } | null, voipRisk: { __typename: 'RiskAcceptance', by: string, at: string } | null };

export type UpdateInstitutionMutationVariables = Exact<{
  input: UpdateInstitutionInput;
}>;


export type UpdateInstitutionMutation = { __typename: 'Mutation', updateInstitution: { __typename: 'UpdateInstitutionPayload', institution: { __typename: 'Institution', id: string, slug: string, name: string, version: number | null, permittedMethods: Array<TwoFactorMethod>, voipNumbersAllowed: boolean | null, twoFactorRequired: boolean | null, codeLifetimeSeconds: number | null, backupCodesPerSet: number | null, staffCodeLifetimeMinutes: number | null, dailySends: number | null, highRiskActsPerHour: number | null, country: string, supportPhone: string | null, supportPhoneFormatted: string | null, languages: Array<Language>, products: Array<Product> | null, settingsWarnings: Array<string> | null, emailRisk: { __typename: 'RiskAcceptance', by: string, at: string } | null, voipRisk: { __typename: 'RiskAcceptance', by: string, at: string } | null } | null } | null };

export type StaffQueryVariables = Exact<{
  search?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type StaffQuery = { __typename: 'Query', staff: { __typename: 'UserConnection', nodes: Array<{ __typename: 'User', id: string, firstName: string, lastName: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, invitedUntil: string | null, staffAccess: { __typename: 'StaffAccess', factors: Array<ChallengeOptionKind>, lastSignedInBy: ChallengeOptionKind | null, roles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> } | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null };

export type StaffRowFragment = { __typename: 'User', id: string, firstName: string, lastName: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, invitedUntil: string | null, staffAccess: { __typename: 'StaffAccess', factors: Array<ChallengeOptionKind>, lastSignedInBy: ChallengeOptionKind | null, roles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> } | null };

export type GivenRoleFragment = { __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> };

export type StaffMemberQueryVariables = Exact<{
  id: string;
}>;


export type StaffMemberQuery = { __typename: 'Query', staff: { __typename: 'UserConnection', nodes: Array<{ __typename: 'User', id: string, firstName: string, lastName: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, invitedUntil: string | null, kind: UserKind, staffAccess: { __typename: 'StaffAccess', permissions: Array<Permission>, removedPermissions: Array<Permission>, version: number, factors: Array<ChallengeOptionKind>, lastSignedInBy: ChallengeOptionKind | null, roles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> } | null, viewerCan: { __typename: 'UserViewerCan', changeAccess: { __typename: 'Allowance', allowed: boolean, reason: string | null }, endSessions: { __typename: 'Allowance', allowed: boolean, reason: string | null }, disable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, enable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, close: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null }> } | null, grantableRoles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> | null, viewer: { __typename: 'Viewer', permissions: Array<Permission>, user: { __typename: 'User', id: string, adminLevel: boolean } } | null };

export type StaffMemberFragment = { __typename: 'User', id: string, firstName: string, lastName: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, invitedUntil: string | null, kind: UserKind, staffAccess: { __typename: 'StaffAccess', permissions: Array<Permission>, removedPermissions: Array<Permission>, version: number, factors: Array<ChallengeOptionKind>, lastSignedInBy: ChallengeOptionKind | null, roles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> } | null, viewerCan: { __typename: 'UserViewerCan', changeAccess: { __typename: 'Allowance', allowed: boolean, reason: string | null }, endSessions: { __typename: 'Allowance', allowed: boolean, reason: string | null }, disable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, enable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, close: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type SaveStaffMutationVariables = Exact<{
  input: SaveStaffInput;
}>;


export type SaveStaffMutation = { __typename: 'Mutation', saveStaff: { __typename: 'SaveStaffPayload', user: { __typename: 'User', id: string, firstName: string, lastName: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, invitedUntil: string | null, kind: UserKind, staffAccess: { __typename: 'StaffAccess', permissions: Array<Permission>, removedPermissions: Array<Permission>, version: number, factors: Array<ChallengeOptionKind>, lastSignedInBy: ChallengeOptionKind | null, roles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> } | null, viewerCan: { __typename: 'UserViewerCan', changeAccess: { __typename: 'Allowance', allowed: boolean, reason: string | null }, endSessions: { __typename: 'Allowance', allowed: boolean, reason: string | null }, disable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, enable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, close: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null } | null } | null };

export type ToInviteQueryVariables = Exact<{ [key: string]: never; }>;


export type ToInviteQuery = { __typename: 'Query', grantableRoles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> | null, viewer: { __typename: 'Viewer', user: { __typename: 'User', id: string, adminLevel: boolean } } | null };

export type InviteStaffMutationVariables = Exact<{
  input: InviteStaffInput;
}>;


export type InviteStaffMutation = { __typename: 'Mutation', inviteStaff: { __typename: 'InviteStaffPayload', user: { __typename: 'User', id: string, firstName: string, lastName: string, email: string, adminLevel: boolean, status: UserStatus, disabledAt: string | null, lastSignedInAt: string | null, invitedUntil: string | null, staffAccess: { __typename: 'StaffAccess', factors: Array<ChallengeOptionKind>, lastSignedInBy: ChallengeOptionKind | null, roles: Array<{ __typename: 'StaffRole', id: string, name: string, permissions: Array<Permission> }> } | null } | null } | null };

export type UserQueryVariables = Exact<{
  id: string | number;
  addresses: boolean;
}>;


export type UserQuery = { __typename: 'Query', user: { __typename: 'User', id: string, kind: UserKind, status: UserStatus, email: string, firstName: string, lastName: string, adminLevel: boolean, createdAt: string, addressProvedAt: string | null, mailRefusedAt: string | null, disabledAt: string | null, lastSignedInAt: string | null, passwordVoidedAt: string | null, sessions: Array<{ __typename: 'UserSession', id: string, device: string | null, address?: string | null, startedAt: string, lastUsedAt: string }> | null, attention: Array<{ __typename: 'Attention', kind: AttentionKind, severity: AttentionSeverity, title: string, advice: string, deviceId: string | null, place: AttentionPlace | null }> | null, viewerCan: { __typename: 'UserViewerCan', unfreeze: { __typename: 'Allowance', allowed: boolean, reason: string | null }, updateDeviceNumberType: { __typename: 'Allowance', allowed: boolean, reason: string | null }, resetDevice: { __typename: 'Allowance', allowed: boolean, reason: string | null }, restoreDevice: { __typename: 'Allowance', allowed: boolean, reason: string | null }, liftPause: { __typename: 'Allowance', allowed: boolean, reason: string | null }, generateBackupCodes: { __typename: 'Allowance', allowed: boolean, reason: string | null }, revokeBackupCodes: { __typename: 'Allowance', allowed: boolean, reason: string | null }, notificationHistory: { __typename: 'Allowance', allowed: boolean, reason: string | null }, endSessions: { __typename: 'Allowance', allowed: boolean, reason: string | null }, disable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, enable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, close: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null, devices: Array<
      | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null, suspensionReason: string | null, pausedUntil: string | null }
      | { __typename: 'EmailDevice', address: string, mailRefusedAt: string | null, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null, suspensionReason: string | null, pausedUntil: string | null }
      | { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null, suspensionReason: string | null, pausedUntil: string | null, numberType: NumberType, detectedNumberType: NumberType | null, communicationMethod: CommunicationMethod, carrier: string | null, callerIdExpectation: string, numberTypeOverride: { __typename: 'NumberTypeOverride', numberType: NumberType, reason: string, at: string, by: { __typename: 'User', id: string, firstName: string, lastName: string, email: string } | null } | null }
    > | null, backupCodes: { __typename: 'BackupCodeSummary', total: number, remaining: number, generatedAt: string, expiresAt: string | null, purpose: BackupCodePurpose | null, codes: Array<{ __typename: 'BackupCodeState', status: BackupCodeStatus, usedAt: string | null }> } | null } | null };

export type UserIdentityFragment = { __typename: 'User', id: string, kind: UserKind, status: UserStatus, email: string, firstName: string, lastName: string, adminLevel: boolean, createdAt: string, addressProvedAt: string | null, mailRefusedAt: string | null, disabledAt: string | null, lastSignedInAt: string | null };

export type UserSessionsFragment = { __typename: 'User', id: string, kind: UserKind, status: UserStatus, firstName: string, disabledAt: string | null, sessions: Array<{ __typename: 'UserSession', id: string, device: string | null, address?: string | null, startedAt: string, lastUsedAt: string }> | null, viewerCan: { __typename: 'UserViewerCan', endSessions: { __typename: 'Allowance', allowed: boolean, reason: string | null }, disable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, enable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, close: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type AccountActsUserFragment = { __typename: 'User', id: string, kind: UserKind, status: UserStatus, firstName: string, disabledAt: string | null, viewerCan: { __typename: 'UserViewerCan', endSessions: { __typename: 'Allowance', allowed: boolean, reason: string | null }, disable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, enable: { __typename: 'Allowance', allowed: boolean, reason: string | null }, close: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type AttentionUserFragment = { __typename: 'User', id: string, attention: Array<{ __typename: 'Attention', kind: AttentionKind, severity: AttentionSeverity, title: string, advice: string, deviceId: string | null, place: AttentionPlace | null }> | null };

export type FrozenUserFragment = { __typename: 'User', id: string, status: UserStatus, passwordVoidedAt: string | null, viewerCan: { __typename: 'UserViewerCan', unfreeze: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type UserDevicesFragment = { __typename: 'User', id: string, kind: UserKind, firstName: string, devices: Array<
    | { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null, suspensionReason: string | null, pausedUntil: string | null }
    | { __typename: 'EmailDevice', address: string, mailRefusedAt: string | null, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null, suspensionReason: string | null, pausedUntil: string | null }
    | { __typename: 'PhoneDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null, suspensionReason: string | null, pausedUntil: string | null, phoneNumber: string, formatted: string, numberType: NumberType, detectedNumberType: NumberType | null, communicationMethod: CommunicationMethod, carrier: string | null, callerIdExpectation: string, numberTypeOverride: { __typename: 'NumberTypeOverride', numberType: NumberType, reason: string, at: string, by: { __typename: 'User', id: string, firstName: string, lastName: string, email: string } | null } | null }
  > | null, viewerCan: { __typename: 'UserViewerCan', updateDeviceNumberType: { __typename: 'Allowance', allowed: boolean, reason: string | null }, resetDevice: { __typename: 'Allowance', allowed: boolean, reason: string | null }, restoreDevice: { __typename: 'Allowance', allowed: boolean, reason: string | null }, liftPause: { __typename: 'Allowance', allowed: boolean, reason: string | null }, generateBackupCodes: { __typename: 'Allowance', allowed: boolean, reason: string | null } } | null };

export type PhoneFragment = { __typename: 'PhoneDevice', id: string, phoneNumber: string, formatted: string, numberType: NumberType, detectedNumberType: NumberType | null, communicationMethod: CommunicationMethod, carrier: string | null, callerIdExpectation: string, numberTypeOverride: { __typename: 'NumberTypeOverride', numberType: NumberType, reason: string, at: string, by: { __typename: 'User', id: string, firstName: string, lastName: string, email: string } | null } | null };

export type UpdateNumberTypeMutationVariables = Exact<{
  input: UpdateDeviceNumberTypeInput;
}>;


export type UpdateNumberTypeMutation = { __typename: 'Mutation', updateDeviceNumberType: { __typename: 'UpdateDeviceNumberTypePayload', device:
      | { __typename: 'AuthenticatorDevice' }
      | { __typename: 'EmailDevice' }
      | { __typename: 'PhoneDevice', id: string, phoneNumber: string, formatted: string, numberType: NumberType, detectedNumberType: NumberType | null, communicationMethod: CommunicationMethod, carrier: string | null, callerIdExpectation: string, numberTypeOverride: { __typename: 'NumberTypeOverride', numberType: NumberType, reason: string, at: string, by: { __typename: 'User', id: string, firstName: string, lastName: string, email: string } | null } | null }
     | null } | null };

export type ClearNumberTypeMutationVariables = Exact<{
  input: ClearDeviceNumberTypeInput;
}>;


export type ClearNumberTypeMutation = { __typename: 'Mutation', clearDeviceNumberType: { __typename: 'ClearDeviceNumberTypePayload', device:
      | { __typename: 'AuthenticatorDevice' }
      | { __typename: 'EmailDevice' }
      | { __typename: 'PhoneDevice', id: string, phoneNumber: string, formatted: string, numberType: NumberType, detectedNumberType: NumberType | null, communicationMethod: CommunicationMethod, carrier: string | null, callerIdExpectation: string, numberTypeOverride: { __typename: 'NumberTypeOverride', numberType: NumberType, reason: string, at: string, by: { __typename: 'User', id: string, firstName: string, lastName: string, email: string } | null } | null }
     | null } | null };

export type ResetDeviceMutationVariables = Exact<{
  input: ResetDeviceInput;
}>;


export type ResetDeviceMutation = { __typename: 'Mutation', resetDevice: { __typename: 'ResetDevicePayload', removedDeviceId: string, user: { __typename: 'User', id: string } | null } | null };

export type RestoreDeviceMutationVariables = Exact<{
  input: RestoreDeviceInput;
}>;


export type RestoreDeviceMutation = { __typename: 'Mutation', restoreDevice: { __typename: 'RestoreDevicePayload', device:
      | { __typename: 'AuthenticatorDevice', id: string, suspendedAt: string | null }
      | { __typename: 'EmailDevice', id: string, suspendedAt: string | null }
      | { __typename: 'PhoneDevice', id: string, suspendedAt: string | null }
     | null } | null };

export type LiftPauseMutationVariables = Exact<{
  input: LiftPauseInput;
}>;


export type LiftPauseMutation = { __typename: 'Mutation', liftPause: { __typename: 'LiftPausePayload', user: { __typename: 'User', id: string } | null } | null };

export type UnfreezeUserMutationVariables = Exact<{
  input: UnfreezeUserInput;
}>;


export type UnfreezeUserMutation = { __typename: 'Mutation', unfreezeUser: { __typename: 'UnfreezeUserPayload', user: { __typename: 'User', id: string, status: UserStatus } | null } | null };

export type EndUserSessionsMutationVariables = Exact<{
  input: EndUserSessionsInput;
}>;


export type EndUserSessionsMutation = { __typename: 'Mutation', endUserSessions: { __typename: 'EndUserSessionsPayload', user: { __typename: 'User', id: string } | null } | null };

export type DisableUserMutationVariables = Exact<{
  input: DisableUserInput;
}>;


export type DisableUserMutation = { __typename: 'Mutation', disableUser: { __typename: 'DisableUserPayload', user: { __typename: 'User', id: string, disabledAt: string | null } | null } | null };

export type EnableUserMutationVariables = Exact<{
  input: EnableUserInput;
}>;


export type EnableUserMutation = { __typename: 'Mutation', enableUser: { __typename: 'EnableUserPayload', user: { __typename: 'User', id: string, disabledAt: string | null } | null } | null };

export type CloseUserMutationVariables = Exact<{
  input: CloseUserInput;
}>;


export type CloseUserMutation = { __typename: 'Mutation', closeUser: { __typename: 'CloseUserPayload', user: { __typename: 'User', id: string, status: UserStatus } | null } | null };

export type UsersQueryVariables = Exact<{
  search?: string | null | undefined;
  kind?: UserKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type UsersQuery = { __typename: 'Query', users: { __typename: 'UserConnection', nodes: Array<{ __typename: 'User', status: UserStatus, kind: UserKind, email: string, firstName: string, lastName: string, adminLevel: boolean, id: string, devices: Array<
        | { __typename: 'AuthenticatorDevice', id: string, label: string }
        | { __typename: 'EmailDevice', id: string, label: string }
        | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string }
      > | null, attention: Array<{ __typename: 'Attention', kind: AttentionKind, severity: AttentionSeverity, title: string, advice: string, deviceId: string | null, place: AttentionPlace | null }> | null }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } | null };

export type UserRowFragment = { __typename: 'User', status: UserStatus, kind: UserKind, email: string, firstName: string, lastName: string, adminLevel: boolean, id: string, devices: Array<
    | { __typename: 'AuthenticatorDevice', id: string, label: string }
    | { __typename: 'EmailDevice', id: string, label: string }
    | { __typename: 'PhoneDevice', phoneNumber: string, communicationMethod: CommunicationMethod, id: string, label: string }
  > | null, attention: Array<{ __typename: 'Attention', kind: AttentionKind, severity: AttentionSeverity, title: string, advice: string, deviceId: string | null, place: AttentionPlace | null }> | null };

type DeviceParts_AuthenticatorDevice_Fragment = { __typename: 'AuthenticatorDevice', id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type DeviceParts_EmailDevice_Fragment = { __typename: 'EmailDevice', address: string, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

type DeviceParts_PhoneDevice_Fragment = { __typename: 'PhoneDevice', phoneNumber: string, formatted: string, communicationMethod: CommunicationMethod, id: string, label: string, isDefault: boolean, addedAt: string, confirmedAt: string | null, lastUsedAt: string | null, disabledAt: string | null, suspendedAt: string | null };

export type DevicePartsFragment =
  | DeviceParts_AuthenticatorDevice_Fragment
  | DeviceParts_EmailDevice_Fragment
  | DeviceParts_PhoneDevice_Fragment
;

export const AuditPersonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuditPerson"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}}]}}]} as unknown as DocumentNode<AuditPersonFragment, unknown>;
export const BackupCodeSetFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BackupCodeSet"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BackupCodeSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"generatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"codes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"usedAt"}}]}}]}}]} as unknown as DocumentNode<BackupCodeSetFragment, unknown>;
export const BackupCodesCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BackupCodesCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"backupCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"BackupCodeSet"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"generateBackupCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"revokeBackupCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BackupCodeSet"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BackupCodeSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"generatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"codes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"usedAt"}}]}}]}}]} as unknown as DocumentNode<BackupCodesCardFragment, unknown>;
export const CodesUserFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CodesUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"notificationHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<CodesUserFragment, unknown>;
export const CodeRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CodeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CodeAttempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"whoCanFix"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"docsUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"segments"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]} as unknown as DocumentNode<CodeRowFragment, unknown>;
export const NotificationHistoryUserFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NotificationHistoryUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"notificationHistory"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<NotificationHistoryUserFragment, unknown>;
export const HistoryPageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HistoryPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationHistory"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"unavailableReason"}},{"kind":"Field","name":{"kind":"Name","value":"numbers"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"stale"}},{"kind":"Field","name":{"kind":"Name","value":"staleReason"}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"fromFormatted"}},{"kind":"Field","name":{"kind":"Name","value":"toFormatted"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"whoCanFix"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}},{"kind":"Field","name":{"kind":"Name","value":"docsUrl"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<HistoryPageFragment, unknown>;
export const ShownJobFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"queue"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"givenUpAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]} as unknown as DocumentNode<ShownJobFragment, unknown>;
export const OwnDeviceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnDevice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}}]}}]}}]} as unknown as DocumentNode<OwnDeviceFragment, unknown>;
export const ShownProviderFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownProvider"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SmsProvider"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"accountSid"}},{"kind":"Field","name":{"kind":"Name","value":"tokenLastFour"}},{"kind":"Field","name":{"kind":"Name","value":"tokenChangedAt"}},{"kind":"Field","name":{"kind":"Name","value":"tokenChangedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"apiKeySid"}},{"kind":"Field","name":{"kind":"Name","value":"senderFormatted"}},{"kind":"Field","name":{"kind":"Name","value":"messagingServiceSid"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"balanceThreshold"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"fixableBy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"balance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]} as unknown as DocumentNode<ShownProviderFragment, unknown>;
export const ReviewedGrantFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewedGrant"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccessGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"grantedBy"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<ReviewedGrantFragment, unknown>;
export const ReviewedPersonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewedPerson"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccessReview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"adminLevel"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"grants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReviewedGrant"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewedGrant"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccessGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"grantedBy"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<ReviewedPersonFragment, unknown>;
export const ShownRoleFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownRole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StaffRole"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<ShownRoleFragment, unknown>;
export const InstitutionSettingsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InstitutionSettings"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Institution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"permittedMethods"}},{"kind":"Field","name":{"kind":"Name","value":"emailRisk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"by"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"voipNumbersAllowed"}},{"kind":"Field","name":{"kind":"Name","value":"voipRisk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"by"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"twoFactorRequired"}},{"kind":"Field","name":{"kind":"Name","value":"codeLifetimeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"backupCodesPerSet"}},{"kind":"Field","name":{"kind":"Name","value":"staffCodeLifetimeMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"dailySends"}},{"kind":"Field","name":{"kind":"Name","value":"highRiskActsPerHour"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhone"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneFormatted"}},{"kind":"Field","name":{"kind":"Name","value":"languages"}},{"kind":"Field","name":{"kind":"Name","value":"products"}},{"kind":"Field","name":{"kind":"Name","value":"settingsWarnings"}}]}}]} as unknown as DocumentNode<InstitutionSettingsFragment, unknown>;
export const GivenRoleFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GivenRole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StaffRole"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}}]} as unknown as DocumentNode<GivenRoleFragment, unknown>;
export const StaffRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StaffRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"adminLevel"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"invitedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"staffAccess"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GivenRole"}}]}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInBy"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GivenRole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StaffRole"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}}]} as unknown as DocumentNode<StaffRowFragment, unknown>;
export const AccountActsUserFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountActsUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"close"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<AccountActsUserFragment, unknown>;
export const StaffMemberFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StaffMember"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StaffRow"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountActsUser"}},{"kind":"Field","name":{"kind":"Name","value":"staffAccess"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"removedPermissions"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"changeAccess"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GivenRole"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StaffRole"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StaffRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"adminLevel"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}},{"kind":"Field","name":{"kind":"Name","value":"invitedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"staffAccess"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GivenRole"}}]}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInBy"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountActsUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"close"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<StaffMemberFragment, unknown>;
export const UserIdentityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserIdentity"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"adminLevel"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"addressProvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mailRefusedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSignedInAt"}}]}}]} as unknown as DocumentNode<UserIdentityFragment, unknown>;
export const UserSessionsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserSessions"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountActsUser"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"addresses"}}}]}]},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountActsUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"disable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"close"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<UserSessionsFragment, unknown>;
export const FrozenUserFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FrozenUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"passwordVoidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"unfreeze"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]} as unknown as DocumentNode<FrozenUserFragment, unknown>;
export const PhoneFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"numberType"}},{"kind":"Field","name":{"kind":"Name","value":"detectedNumberType"}},{"kind":"Field","name":{"kind":"Name","value":"numberTypeOverride"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"numberType"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"by"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"}},{"kind":"Field","name":{"kind":"Name","value":"callerIdExpectation"}}]}}]} as unknown as DocumentNode<PhoneFragment, unknown>;
export const UserDevicesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserDevices"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedAt"}},{"kind":"Field","name":{"kind":"Name","value":"suspensionReason"}},{"kind":"Field","name":{"kind":"Name","value":"pausedUntil"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Phone"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EmailDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"mailRefusedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewerCan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateDeviceNumberType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"resetDevice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"restoreDevice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"liftPause"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"generateBackupCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Phone"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"numberType"}},{"kind":"Field","name":{"kind":"Name","value":"detectedNumberType"}},{"kind":"Field","name":{"kind":"Name","value":"numberTypeOverride"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"numberType"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"by"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}},{"kind":"Field","name":{"kind":"Name","value":"carrier"}},{"kind":"Field","name":{"kind":"Name","value":"callerIdExpectation"}}]}}]} as unknown as DocumentNode<UserDevicesFragment, unknown>;
export const AttentionUserFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AttentionUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"attention"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"advice"}},{"kind":"Field","name":{"kind":"Name","value":"deviceId"}},{"kind":"Field","name":{"kind":"Name","value":"place"}}]}}]}}]} as unknown as DocumentNode<AttentionUserFragment, unknown>;
export const UserRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AttentionUser"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"devices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"adminLevel"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AttentionUser"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"attention"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"advice"}},{"kind":"Field","name":{"kind":"Name","value":"deviceId"}},{"kind":"Field","name":{"kind":"Name","value":"place"}}]}}]}}]} as unknown as DocumentNode<UserRowFragment, unknown>;
export const DevicePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disabledAt"}},{"kind":"Field","name":{"kind":"Name","value":"suspendedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"formatted"}},{"kind":"Field","name":{"kind":"Name","value":"communicationMethod"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EmailDevice"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"address"}}]}}]}}]} as unknown as DocumentNode<DevicePartsFragment, unknown>;
export const MyAccountDocument = {"__meta__":{"hash":"sha256:fe5413f09429ac099b374b9b227e5b0f7defc4bece1ac724c4a0652fe350bdf7"}} as unknown as DocumentNode<MyAccountQuery, MyAccountQueryVariables>;
export const AuditLogDocument = {"__meta__":{"hash":"sha256:6d4a8d4824a1aa6e4561e375aae090ea2b37491642df21eff23630c761b8e433"}} as unknown as DocumentNode<AuditLogQuery, AuditLogQueryVariables>;
export const AuditPersonDocument = {"__meta__":{"hash":"sha256:cc4a4c186e60a4967bf6bf5612783837c3d3af709a8b89cf113220c757eb8689"}} as unknown as DocumentNode<AuditPersonQuery, AuditPersonQueryVariables>;
export const AuditPeopleDocument = {"__meta__":{"hash":"sha256:4292af92454811efafc10982447756346ef99fd0a13b9f9054b4171d5361aa57"}} as unknown as DocumentNode<AuditPeopleQuery, AuditPeopleQueryVariables>;
export const RevokeBackupCodesDocument = {"__meta__":{"hash":"sha256:1ad21977a576c395167448ae25b6996273d3f196998aa4568ffbd51314a518ef"}} as unknown as DocumentNode<RevokeBackupCodesMutation, RevokeBackupCodesMutationVariables>;
export const BackupCodesUserDocument = {"__meta__":{"hash":"sha256:999dd48d55517f8769a5ef4fc8e5dd6e72742d758292f22f17abe722077e05d4"}} as unknown as DocumentNode<BackupCodesUserQuery, BackupCodesUserQueryVariables>;
export const PrepareBackupCodesDocument = {"__meta__":{"hash":"sha256:3da0d204eaa316f720f2d0248665575368dbbdb172ba558f8cbf71a9776c67fc"}} as unknown as DocumentNode<PrepareBackupCodesMutation, PrepareBackupCodesMutationVariables>;
export const GenerateBackupCodesDocument = {"__meta__":{"hash":"sha256:5516388969923d2a659b0b4656126730b9412b9674d18c667f7ab0e665a9f27b"}} as unknown as DocumentNode<GenerateBackupCodesMutation, GenerateBackupCodesMutationVariables>;
export const CodeTimelineDocument = {"__meta__":{"hash":"sha256:391c0182e7c5642188bf0f689ed767a8f4006f991018989ba1b8a190d6f83e7b"}} as unknown as DocumentNode<CodeTimelineQuery, CodeTimelineQueryVariables>;
export const CodeAttemptUpdatedDocument = {"__meta__":{"hash":"sha256:545237c7f94391b7fc7927458330a58033db8d2b38aeb595497d313dad7de068"}} as unknown as DocumentNode<CodeAttemptUpdatedSubscription, CodeAttemptUpdatedSubscriptionVariables>;
export const SendTestCodeDocument = {"__meta__":{"hash":"sha256:3383d849e40be31f2c52fac093df8b979bd8a1f0ce74b712e5290b2ee863774a"}} as unknown as DocumentNode<SendTestCodeMutation, SendTestCodeMutationVariables>;
export const UserHistoryDocument = {"__meta__":{"hash":"sha256:0c480527791efa7fc23fe243c01a390ebc8613f08aa5ee493989d2fc9fb03d99"}} as unknown as DocumentNode<UserHistoryQuery, UserHistoryQueryVariables>;
export const NumberHistoryDocument = {"__meta__":{"hash":"sha256:e6c26829e6316daa6461219982d61a46941c87dd2dcd8e45449de91842da83dc"}} as unknown as DocumentNode<NumberHistoryQuery, NumberHistoryQueryVariables>;
export const JobsDocument = {"__meta__":{"hash":"sha256:559f7e9ea90dc324a595670e0077b6feaa301f9aa6d2640ce97eba96d325291d"}} as unknown as DocumentNode<JobsQuery, JobsQueryVariables>;
export const RetryJobDocument = {"__meta__":{"hash":"sha256:41335660d344125c7272ee9f263cd3b0675587a70c1f7e9a6f1cd235727fc296"}} as unknown as DocumentNode<RetryJobMutation, RetryJobMutationVariables>;
export const DropJobDocument = {"__meta__":{"hash":"sha256:3822164f75cd8e1e71f7e231c0e0c2a231e1916bcc3735dd148673c661b7a50c"}} as unknown as DocumentNode<DropJobMutation, DropJobMutationVariables>;
export const SendingTroubleDocument = {"__meta__":{"hash":"sha256:a1eccbf8e7815799cf92638d0266f3622202ef8b0f23be7589451e4081d56dff"}} as unknown as DocumentNode<SendingTroubleQuery, SendingTroubleQueryVariables>;
export const SmsProvidersDocument = {"__meta__":{"hash":"sha256:1081c2ea8b0f0761eddfaa9594e6abff6ff4efb5bc198ba2d30c1847a63a3ba5"}} as unknown as DocumentNode<SmsProvidersQuery, SmsProvidersQueryVariables>;
export const SaveSmsProviderDocument = {"__meta__":{"hash":"sha256:859283f483f44d6b1d09a02ccb14e6df8001e9732a5ef06f41e08e91e3c79555"}} as unknown as DocumentNode<SaveSmsProviderMutation, SaveSmsProviderMutationVariables>;
export const CheckSmsProviderDocument = {"__meta__":{"hash":"sha256:ebfface065e041dc8c73b0d1d4577982a0701b2f195034b290161016f022cb9c"}} as unknown as DocumentNode<CheckSmsProviderMutation, CheckSmsProviderMutationVariables>;
export const SendProviderTestDocument = {"__meta__":{"hash":"sha256:6b6fb875bb27e123047173e855f13ea5f21442da37033146aa08d4570d1c953a"}} as unknown as DocumentNode<SendProviderTestMutation, SendProviderTestMutationVariables>;
export const RemoveSmsProviderDocument = {"__meta__":{"hash":"sha256:57eda749b00ff680a6705c9e919cb0b5a55eceaa51ded71854faf689e68cfc10"}} as unknown as DocumentNode<RemoveSmsProviderMutation, RemoveSmsProviderMutationVariables>;
export const AccessReviewDocument = {"__meta__":{"hash":"sha256:7e68979b3d2188a07c86d590dbee386a95a8dfd24742b04450862ab2b74b1ab4"}} as unknown as DocumentNode<AccessReviewQuery, AccessReviewQueryVariables>;
export const ExportAccessReviewDocument = {"__meta__":{"hash":"sha256:90f95bbdff81acf8d7f6628135e20aed3d665ed8ce16e94048d8c73fdc8da96d"}} as unknown as DocumentNode<ExportAccessReviewMutation, ExportAccessReviewMutationVariables>;
export const StaffRolesDocument = {"__meta__":{"hash":"sha256:b877ce5afe37fd9d6262eade4877a2c3d081eb6b9ac12da470f3338a7001d799"}} as unknown as DocumentNode<StaffRolesQuery, StaffRolesQueryVariables>;
export const SaveStaffRoleDocument = {"__meta__":{"hash":"sha256:0532790ad27a3584fa3c41ab39b1beabd3b3cd30daef08bc7d95a97135ad313f"}} as unknown as DocumentNode<SaveStaffRoleMutation, SaveStaffRoleMutationVariables>;
export const RemoveStaffRoleDocument = {"__meta__":{"hash":"sha256:36b51254e9adbb3a31b1bcb484195ff0c068d0c46459de06d923dbacfa982a3b"}} as unknown as DocumentNode<RemoveStaffRoleMutation, RemoveStaffRoleMutationVariables>;
export const InvitationDocument = {"__meta__":{"hash":"sha256:61e37f51e74af78e93589252170ab1711d8764b5595577961aae0f45f3e1d300"}} as unknown as DocumentNode<InvitationQuery, InvitationQueryVariables>;
export const AcceptInviteDocument = {"__meta__":{"hash":"sha256:ee0aa9b0aa2a288dbefd866715b2b93719e4cfec00e43391db6ae72c68c359c9"}} as unknown as DocumentNode<AcceptInviteMutation, AcceptInviteMutationVariables>;
export const SettingsDocument = {"__meta__":{"hash":"sha256:60fd88aa1b8b4db1927d172287e9e1761f724d9347eddeed0e40b9d95fe07596"}} as unknown as DocumentNode<SettingsQuery, SettingsQueryVariables>;
export const UpdateInstitutionDocument = {"__meta__":{"hash":"sha256:ea9d00fa2c183d1393f8a3715e98eab8a9a911d7981a826ab0a41b1a367f87ae"}} as unknown as DocumentNode<UpdateInstitutionMutation, UpdateInstitutionMutationVariables>;
export const StaffDocument = {"__meta__":{"hash":"sha256:fae8d49a2f78cb2536b41178ebba76728119f8b543b9f40890651336fcb2f74c"}} as unknown as DocumentNode<StaffQuery, StaffQueryVariables>;
export const StaffMemberDocument = {"__meta__":{"hash":"sha256:fd94b0288802c452a3f39faf028d559e9b65e5fffbe059fd05d81c08f4f156fe"}} as unknown as DocumentNode<StaffMemberQuery, StaffMemberQueryVariables>;
export const SaveStaffDocument = {"__meta__":{"hash":"sha256:ea741751c93079ea7b4171c07943e4d3b187ee27eba248b4e02fe65df68a7e52"}} as unknown as DocumentNode<SaveStaffMutation, SaveStaffMutationVariables>;
export const ToInviteDocument = {"__meta__":{"hash":"sha256:bd31bd5619b7a23a332162cb53357e72577afebf509c4119990a028b14c2dfe6"}} as unknown as DocumentNode<ToInviteQuery, ToInviteQueryVariables>;
export const InviteStaffDocument = {"__meta__":{"hash":"sha256:a429fc2a410dfa48d3be573c8c2e04fa604deb3c171f3e00031101723b517cbc"}} as unknown as DocumentNode<InviteStaffMutation, InviteStaffMutationVariables>;
export const UserDocument = {"__meta__":{"hash":"sha256:f49bdbe38c1ea135c41235ba1af5b5d1c9548a1c129399f94edc9590d47f4c01"}} as unknown as DocumentNode<UserQuery, UserQueryVariables>;
export const UpdateNumberTypeDocument = {"__meta__":{"hash":"sha256:73aa14cb447abc074b91059d6570de359fcb9b8a967f54bab902d07b6efcd523"}} as unknown as DocumentNode<UpdateNumberTypeMutation, UpdateNumberTypeMutationVariables>;
export const ClearNumberTypeDocument = {"__meta__":{"hash":"sha256:fe941f831e2eeaf37229b176e7827473f961bfe0f0ce8b562e71161a397639ae"}} as unknown as DocumentNode<ClearNumberTypeMutation, ClearNumberTypeMutationVariables>;
export const ResetDeviceDocument = {"__meta__":{"hash":"sha256:6632c9da375bb8e3595d29d79296ec1991e197b10b5a0b9ff9d424f5ff61268e"}} as unknown as DocumentNode<ResetDeviceMutation, ResetDeviceMutationVariables>;
export const RestoreDeviceDocument = {"__meta__":{"hash":"sha256:37ca09a96cdf0e18311f0454537fe1c7c0b47da4f10c595435fdea1e1f35b1f9"}} as unknown as DocumentNode<RestoreDeviceMutation, RestoreDeviceMutationVariables>;
export const LiftPauseDocument = {"__meta__":{"hash":"sha256:d69357ed4808185ee28eeede87d1ba3494a5284b1675b6d003e0892b6f9f0007"}} as unknown as DocumentNode<LiftPauseMutation, LiftPauseMutationVariables>;
export const UnfreezeUserDocument = {"__meta__":{"hash":"sha256:b6978878e94a48e64cb6c57eb687e89338e721831a6bb660626e585770e9fe09"}} as unknown as DocumentNode<UnfreezeUserMutation, UnfreezeUserMutationVariables>;
export const EndUserSessionsDocument = {"__meta__":{"hash":"sha256:cc6045665bbe200d9a65080e5013995fd9d38b3cd65a6325321d7a869592ac4c"}} as unknown as DocumentNode<EndUserSessionsMutation, EndUserSessionsMutationVariables>;
export const DisableUserDocument = {"__meta__":{"hash":"sha256:aa0c5ec183fd4276999cd38038e1c440b808f42862bfcd78d22a1b121e89a79e"}} as unknown as DocumentNode<DisableUserMutation, DisableUserMutationVariables>;
export const EnableUserDocument = {"__meta__":{"hash":"sha256:8ce190eb0d56b543020afb398faa9208b34f18e6e304ccca271870db6113f60c"}} as unknown as DocumentNode<EnableUserMutation, EnableUserMutationVariables>;
export const CloseUserDocument = {"__meta__":{"hash":"sha256:e66b7cb1e8474ab85d3b5b1838c73d527d46f08be85bebf5175df70db220dec9"}} as unknown as DocumentNode<CloseUserMutation, CloseUserMutationVariables>;
export const UsersDocument = {"__meta__":{"hash":"sha256:0f4b122dc835f8780b8368b7d96a882b83cf0bcc0558aa13b3b73241bde64cf9"}} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;