import { reasonFault } from '../backup-codes/reason';
import type { Permission, SaveStaffRoleInput, ShownRoleFragment } from '../gql/graphql';
import { allPermissions } from './permissions';
import { onto, same, without } from './sets';

/** A role as the form holds it, and why it is changed. */
export interface Draft {
  name: string;
  permissions: Permission[];
  reason: string;
}

export type Field = keyof Draft;
export type Wrong = Partial<Record<Field, string>>;

export const draftOf = (role?: ShownRoleFragment): Draft => ({ name: role?.name ?? '', permissions: role?.permissions ?? [], reason: '' });

/** What a draft changes of a role. */
export interface Changes {
  name: boolean;
  added: Permission[];
  taken: Permission[];
}

export const changesOf = (base: Draft, draft: Draft): Changes => ({
  name: draft.name.trim() !== base.name,
  added: without(draft.permissions, base.permissions),
  taken: without(base.permissions, draft.permissions),
});

export const isChanged = ({ name, added, taken }: Changes): boolean => name || added.length > 0 || taken.length > 0;

/** What is wrong with a draft without asking anybody. */
export function wrongWith({ name, permissions, reason }: Draft): Wrong {
  const wrong: Wrong = {};
  if (!name.trim()) wrong.name = 'Give the role a name';
  if (permissions.length === 0) wrong.permissions = 'Choose what the role allows: at least one permission';
  const why = reasonFault(reason);
  if (why) wrong.reason = why;
  return wrong;
}

/** What is sent: only what was changed, and of which version. */
export function inputOf(role: ShownRoleFragment | undefined, draft: Draft): SaveStaffRoleInput {
  const base = draftOf(role);
  return {
    ...(role ? { roleId: role.id, version: role.version } : {}),
    ...(draft.name.trim() === base.name ? {} : { name: draft.name.trim() }),
    ...(same(draft.permissions, base.permissions) ? {} : { permissions: draft.permissions }),
    reason: draft.reason.trim(),
  };
}

/** Puts what was typed onto the role as someone else has saved it since. Nothing that was typed is lost. */
export function rebased(base: Draft, draft: Draft, stored: Draft): Draft {
  const merged = onto(base.permissions, draft.permissions, stored.permissions);
  return {
    name: draft.name.trim() === base.name ? stored.name : draft.name,
    permissions: allPermissions.filter((p) => merged.includes(p)),
    reason: draft.reason,
  };
}

/** The other role that has a name, whatever the case. */
export const namesake = (all: ShownRoleFragment[], name: string, id?: string): ShownRoleFragment | undefined =>
  all.find((role) => role.id !== id && role.name.toLowerCase() === name.trim().toLowerCase());
