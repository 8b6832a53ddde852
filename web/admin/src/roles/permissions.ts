import type { Permission } from '../gql/graphql';

/** The permissions by the names that staff know, in the server's order, each with what it opens. */
export const permissions: Record<Permission, { name: string; hint: string }> = {
  VIEW_USERS: { name: 'Can view users', hint: 'See users, their devices and the state of their backup codes.' },
  GENERATE_LOCKOUT_CODES: {
    name: 'Can generate lockout codes user',
    hint: 'Make and void backup codes for customers; together with Admin level, for staff too.',
  },
  UPDATE_NUMBER_TYPE: { name: 'Can update 2FA device number type', hint: 'Set whether a number gets its codes by text or by call.' },
  VIEW_NOTIFICATION_HISTORY: {
    name: 'Can view notification history',
    hint: 'Read the texts that were sent to a number. Admin-level staff hold it unless it was taken from them.',
  },
  RESET_TWO_FACTOR_DEVICE: {
    name: 'Can reset 2FA devices',
    hint: 'Take a lost device off an account, bring back a suspended one, unfreeze accounts, sign users out, and close accounts of customers.',
  },
  MANAGE_SETTINGS: { name: 'Can manage institution settings', hint: 'Change the institution’s settings.' },
  MANAGE_PROVIDERS: { name: 'Can manage SMS providers', hint: 'Change the accounts through which texts and calls go out, and what waits to be sent.' },
  MANAGE_ROLES: { name: 'Can manage roles', hint: 'Change what roles allow.' },
  MANAGE_STAFF: { name: 'Can manage staff', hint: 'Change the level and roles of staff, disable who leaves, and enable who comes back.' },
  VIEW_AUDIT_LOG: { name: 'Can view audit log', hint: 'Read who did what, and who may do what.' },
};

export const allPermissions = Object.keys(permissions) as Permission[];

/** Permissions within a sentence: `“Can view users” and “Can manage staff”`. */
export function inSentence(some: readonly Permission[]): string {
  const names = some.map((p) => `“${permissions[p].name}”`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
