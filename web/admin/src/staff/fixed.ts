import type { GivenRoleFragment, Permission } from '../gql/graphql';
import { inSentence } from '../roles/permissions';
import { without } from '../roles/sets';
import type { Draft } from './draft';

/** Who gives, as far as it matters to what they may give. */
export interface Giver {
  adminLevel: boolean;
  permissions: readonly Permission[];
}

const lacking = 'You don’t hold it, and nobody gives what they lack.';

/** Why the level can't be changed; undefined if it can. `stored` is what stands now. */
export const levelFixed = (viewer: Giver, stored: Draft): string | undefined =>
  viewer.adminLevel || stored.adminLevel ? undefined : 'Only Admin-level staff make others Admin-level.';

/** Why a role can't be given; undefined if it can, or is held already. */
export function roleFixed(viewer: Giver, stored: Draft, role: GivenRoleFragment): string | undefined {
  const lacks = without(role.permissions, viewer.permissions);
  if (stored.roleIds.includes(role.id) || lacks.length === 0) return undefined;
  return `You don’t hold ${inSentence(lacks)}, and nobody gives what they lack.`;
}

/** Why what was taken by name can't be given back; undefined if it can. */
export const removedFixed = (viewer: Giver, stored: Draft, permission: Permission): string | undefined =>
  stored.removedPermissions.includes(permission) && !viewer.permissions.includes(permission) ? lacking : undefined;
