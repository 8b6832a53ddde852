import type { Permission, ShownRoleFragment } from '../gql/graphql';
import type { Changes, Field } from './draft';
import { inSentence } from './permissions';

/** The fields of the form by their names. */
export const labels: Record<Field, string> = { name: 'Name', permissions: 'What it allows', reason: 'Reason' };

/** How many hold a role, of those who can sign in; `own` tells that the viewer does. */
export function holders(count: number, own: boolean): string {
  if (count === 0) return 'Nobody holds it';
  if (count === 1) return own ? 'Only you hold it' : '1 of the staff holds it';
  return `${count} of the staff hold it${own ? ', you among them' : ''}`;
}

/** What saving changes for those who hold the role, a sentence each. */
export function consequences(members: number, { added, taken }: Changes): string[] {
  if (added.length + taken.length === 0) return [];
  if (members === 0) return ['Nobody holds this role, so this changes what nobody may do.'];
  const one = members === 1;
  const who = one ? '1 of the staff' : `${members} of the staff`;
  const all: string[] = [];
  if (added.length > 0) all.push(`${who} ${one ? 'gets' : 'get'} ${inSentence(added)}, unless it is taken from them by name.`);
  if (taken.length > 0) all.push(`${who} ${one ? 'loses' : 'lose'} ${inSentence(taken)}, unless another role of theirs allows it.`);
  return all;
}

/** Who looks at a role, as far as it matters to what they may change of it. */
export interface Beholder {
  permissions: readonly Permission[];
  /** The ids of their own roles. */
  roles: readonly string[];
}

/** Said above the boxes of a role that the viewer holds. */
export const ownRole = 'You hold this role, and nobody changes what they may do themselves. Ask a colleague who does not hold it to take from it.';

/** Why a box of the form can't be changed; undefined if it can, and empty where `ownRole` says it. */
export function fixedBecause(viewer: Beholder, role: ShownRoleFragment | undefined, permission: Permission): string | undefined {
  const stored = role?.permissions.includes(permission) ?? false;
  if (stored && role && viewer.roles.includes(role.id)) return '';
  if (!stored && !viewer.permissions.includes(permission)) return 'You don’t hold it, and nobody gives what they lack.';
  return undefined;
}
