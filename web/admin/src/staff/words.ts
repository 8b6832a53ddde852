import type { Tone } from '@factordesk/shared';
import type { ChallengeOptionKind, Permission, UserStatus } from '../gql/graphql';
import { inSentence } from '../roles/permissions';
import { without } from '../roles/sets';
import type { Field } from './draft';

/** The fields of the form by their names. */
export const labels: Record<Field, string> = {
  adminLevel: 'Admin-level',
  roleIds: 'Roles',
  removedPermissions: 'Taken from this person, whatever their roles allow',
  reason: 'Reason',
};

export const levelWords = (adminLevel: boolean): string => (adminLevel ? 'Admin-level' : 'Staff');

interface Account {
  status: UserStatus;
  disabledAt: string | null;
  /** Left out where it is not known. */
  invitedUntil?: string | null;
}

/** How an account of the staff stands. */
export function stateWords({ status, disabledAt, invitedUntil }: Account): { tone: Tone; words: string } {
  if (status === 'CLOSED') return { tone: 'neutral', words: 'Closed' };
  if (disabledAt) return { tone: 'bad', words: 'Disabled' };
  if (status === 'FROZEN') return { tone: 'bad', words: 'Frozen' };
  if (status === 'REGISTERED') return invitedUntil === null ? { tone: 'bad', words: 'Invitation over' } : { tone: 'warn', words: 'Invited' };
  return { tone: 'good', words: 'Active' };
}

const factors: Record<ChallengeOptionKind, { name: string; by: string }> = {
  SMS: { name: 'Text', by: 'by text' },
  VOICE: { name: 'Call', by: 'by call' },
  EMAIL: { name: 'Email', by: 'by email' },
  AUTHENTICATOR_APP: { name: 'Authenticator app', by: 'by authenticator app' },
  BACKUP_CODE: { name: 'Backup code', by: 'by backup code' },
};

/** By what somebody last signed in, after the time. */
export const byWhat = (kind: ChallengeOptionKind | null): string => (kind ? factors[kind].by : '');

/** By what somebody could sign in. */
export const factorsInWords = (kinds: readonly ChallengeOptionKind[]): string =>
  kinds.length === 0 ? 'None' : kinds.map((kind, place) => (place === 0 ? factors[kind].name : factors[kind].name.toLowerCase())).join(', ');

/** What saving changes for one of the staff, a sentence each; nothing where nothing is changed. */
export function consequences(name: string, before: readonly Permission[], after: readonly Permission[], changed: boolean): string[] {
  const [gets, loses] = [without(after, before), without(before, after)];
  if (changed && gets.length + loses.length === 0) return [`What ${name} may do stays the same.`];
  return [
    ...(gets.length > 0 ? [`${name} gets ${inSentence(gets)}.`] : []),
    ...(loses.length > 0 ? [`${name} loses ${inSentence(loses)}.`] : []),
  ];
}
