import type { FaultCode, Tone } from '@factordesk/shared';
import type { AuditAction } from '../gql/graphql';

/** Each action as what somebody did. */
export const actions: Record<AuditAction, string> = {
  SIGNED_IN: 'Signed in',
  SIGN_IN_FAILED: 'Failed sign-ins',
  SECOND_FACTOR_FAILED: 'Entered a wrong code',
  STEPPED_UP: 'Confirmed with a code',
  VERIFIED_EMAIL: 'Proved their email address',
  COMPLETED_ENROLLMENT: 'Finished enrolling',
  CHANGED_LANGUAGE: 'Chose the language of messages',
  SIGNED_OUT: 'Signed out',
  END_SESSIONS: 'Ended sessions',
  CHANGE_PASSWORD: 'Changed their password',
  GENERATE_MY_BACKUP_CODES: 'Made own backup codes',
  PREPARE_BACKUP_CODES: 'Was warned before making backup codes',
  GENERATE_BACKUP_CODES: 'Made backup codes',
  REVOKE_BACKUP_CODES: 'Voided backup codes',
  UPDATE_NUMBER_TYPE: 'Set a number type',
  CLEAR_NUMBER_TYPE: 'Returned a number type to the detected one',
  ADD_DEVICE: 'Added an own device',
  REMOVE_DEVICE: 'Removed an own device',
  SET_DEFAULT_DEVICE: 'Chose the device offered first',
  RENAME_DEVICE: 'Renamed an own device',
  CONFIRM_DEVICE: 'Confirmed an own device',
  START_AUTHENTICATOR: 'Began to set up an authenticator app',
  RESET_DEVICE: 'Reset a device',
  RESTORE_DEVICE: 'Restored a suspended device',
  LIFT_PAUSE: 'Lifted a pause',
  UPDATE_SETTINGS: 'Changed the settings',
  FREEZE_USER: 'Said “Not me”: froze the own account',
  UNFREEZE_USER: 'Unfroze an account',
  DISABLE_USER: 'Disabled a staff account',
  ENABLE_USER: 'Enabled a staff account',
  CLOSE_USER: 'Closed a customer’s account',
  SAVE_STAFF_ROLE: 'Saved a role',
  REMOVE_STAFF_ROLE: 'Removed a role',
  SAVE_STAFF: 'Changed what a staff user may do',
  EXPORT_ACCESS_REVIEW: 'Took the access review out',
  READ_NOTIFICATION_HISTORY: 'Read a notification history',
  READ_PROFILE: 'Looked at a user',
  READ_USERS: 'Looked at a list of users',
  READ_STAFF: 'Looked at a list of staff',
  READ_AUDIT_LOG: 'Looked at the audit log',
  REFUSED: 'Was refused an act',
  CREATE_INSTITUTION: 'Made the institution',
  CREATE_STAFF: 'Made a staff user',
  INVITE_STAFF: 'Invited to the staff',
  ACCEPT_INVITE: 'Accepted an invitation',
  GIVE_FIRST_PASSWORD: 'Gave a first password',
  REENCRYPT_SECRETS: 'Wrote stored secrets anew',
  RETIRE_KEY: 'Retired a key',
  RETRY_JOB: 'Did a job again',
  DROP_JOB: 'Gave up a job',
  SAVE_SMS_PROVIDER: 'Saved an SMS provider',
  CHECK_SMS_PROVIDER: 'Checked an SMS provider',
  SEND_TEST_CODE: 'Sent a test message to a phone',
  SEND_PROVIDER_TEST: 'Tested an SMS provider by a text',
  REMOVE_SMS_PROVIDER: 'Removed an SMS provider',
};

const outcomes: Record<Exclude<FaultCode, 'UNREACHABLE' | 'OFFLINE' | 'NEWER'>, { tone: Tone; words: string }> = {
  UNAUTHENTICATED: { tone: 'bad', words: 'Not signed in' },
  FORBIDDEN: { tone: 'bad', words: 'Not allowed' },
  NOT_FOUND: { tone: 'neutral', words: 'Not found' },
  INVALID_INPUT: { tone: 'neutral', words: 'Invalid input' },
  CONFLICT: { tone: 'warn', words: 'Conflict' },
  EXPIRED: { tone: 'neutral', words: 'Expired' },
  WRONG_CREDENTIALS: { tone: 'bad', words: 'Wrong password or user' },
  WRONG_CODE: { tone: 'bad', words: 'Wrong code' },
  THROTTLED: { tone: 'warn', words: 'Too many tries' },
  LOCKED: { tone: 'warn', words: 'Locked' },
  STEP_UP_REQUIRED: { tone: 'busy', words: 'Had to confirm first' },
  UNAVAILABLE_IN_UAT: { tone: 'neutral', words: 'Not available in UAT' },
  PROVIDER_ERROR: { tone: 'bad', words: 'Refused by Twilio' },
  PROVIDER_UNAVAILABLE: { tone: 'warn', words: 'Twilio not available' },
  UNAVAILABLE: { tone: 'warn', words: 'Database not available' },
  TIMEOUT: { tone: 'warn', words: 'Took too long' },
  INTERNAL: { tone: 'bad', words: 'Failed' },
};

/** How an outcome looks and reads; one that is not known here reads as it is. */
export function outcome(code: string): { tone: Tone; words: string } {
  if (code === 'DONE') return { tone: 'good', words: 'Done' };
  return (outcomes as Record<string, { tone: Tone; words: string }>)[code] ?? { tone: 'warn', words: code };
}

interface Entry {
  action: AuditAction;
  details: { name: string; value: string }[];
}

/** What was done, or which act was refused. */
export function what({ action, details }: Entry): string {
  const operation = details.find((d) => d.name === 'operation')?.value;
  return action === 'REFUSED' && operation ? `Was refused: ${spaced(operation)}` : actions[action];
}

/** What the columns beside them say already. */
const said = ['operation', 'user'];

/** The details worth a line of their own, in words. */
export const remarks = ({ details }: Entry): { name: string; value: string }[] =>
  details
    .filter((d) => !said.includes(d.name))
    .map(({ name, value }) => ({ name: capital(spaced(name)), value: /^[A-Z][A-Z_]+$/.test(value) ? constant(value) : value }));

const acronyms: Record<string, string> = { sms: 'SMS', voip: 'VoIP' };

/** `PHONE_CALL` as `Phone call` */
const constant = (value: string) => acronyms[value.toLowerCase()] ?? capital(value.toLowerCase().replaceAll('_', ' '));

/** `identityCheck` as `identity check` */
const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
