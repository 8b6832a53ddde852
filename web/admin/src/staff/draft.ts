import { reasonFault } from '../backup-codes/reason';
import type { GivenRoleFragment, Permission, SaveStaffInput, StaffMemberFragment } from '../gql/graphql';
import { allPermissions } from '../roles/permissions';
import { onto, same } from '../roles/sets';

/** What one of the staff may do, as the form holds it, and why it is changed. */
export interface Draft {
  adminLevel: boolean;
  roleIds: string[];
  removedPermissions: Permission[];
  reason: string;
}

export type Field = keyof Draft;
export type Wrong = Partial<Record<Field, string>>;

export const draftOf = ({ adminLevel, staffAccess }: StaffMemberFragment): Draft => ({
  adminLevel,
  roleIds: staffAccess?.roles.map(({ id }) => id) ?? [],
  removedPermissions: staffAccess?.removedPermissions ?? [],
  reason: '',
});

/** The fields in which two drafts differ, but for why. */
export const changed = (base: Draft, draft: Draft): Exclude<Field, 'reason'>[] => {
  const differ: Exclude<Field, 'reason'>[] = [];
  if (base.adminLevel !== draft.adminLevel) differ.push('adminLevel');
  if (!same(base.roleIds, draft.roleIds)) differ.push('roleIds');
  if (!same(base.removedPermissions, draft.removedPermissions)) differ.push('removedPermissions');
  return differ;
};

/** What is wrong with a draft without asking anybody. */
export function wrongWith({ reason }: Draft): Wrong {
  const why = reasonFault(reason);
  return why ? { reason: why } : {};
}

/** What is sent: only what was changed, and of which version. */
export function inputOf(member: StaffMemberFragment, draft: Draft): SaveStaffInput {
  const given = Object.fromEntries(changed(draftOf(member), draft).map((field) => [field, draft[field]]));
  return { userId: member.id, version: member.staffAccess?.version, ...given, reason: draft.reason.trim() };
}

/** Puts what was chosen onto what someone else has saved since. */
export function rebased(base: Draft, draft: Draft, stored: Draft): Draft {
  const removed = onto(base.removedPermissions, draft.removedPermissions, stored.removedPermissions);
  return {
    adminLevel: draft.adminLevel === base.adminLevel ? stored.adminLevel : draft.adminLevel,
    roleIds: onto(base.roleIds, draft.roleIds, stored.roleIds),
    removedPermissions: allPermissions.filter((p) => removed.includes(p)),
    reason: draft.reason,
  };
}

/** The roles to choose from: those that the viewer may give, and those that are held, by name. */
export const offered = (grantable: GivenRoleFragment[], held: GivenRoleFragment[]): GivenRoleFragment[] =>
  [...grantable, ...held.filter(({ id }) => grantable.every((role) => role.id !== id))].sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** What somebody may do: what their roles allow and Admin level does, less what is taken by name, which wins. */
export function mayDo({ adminLevel, roleIds, removedPermissions }: Draft, roles: GivenRoleFragment[]): Permission[] {
  const held = roles.filter(({ id }) => roleIds.includes(id));
  return allPermissions.filter(
    (p) => (held.some(({ permissions }) => permissions.includes(p)) || (adminLevel && p === 'VIEW_NOTIFICATION_HISTORY')) && !removedPermissions.includes(p),
  );
}
