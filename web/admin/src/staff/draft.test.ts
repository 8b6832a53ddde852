import { describe, expect, test } from 'vitest';
import type { GivenRoleFragment, StaffMemberFragment } from '../gql/graphql';
import { changed, draftOf, inputOf, mayDo, offered, rebased, wrongWith } from './draft';
import { levelFixed, removedFixed, roleFixed } from './fixed';

const role = (id: string, name: string, ...permissions: GivenRoleFragment['permissions']): GivenRoleFragment => ({ __typename: 'StaffRole', id, name, permissions });
const desk = role('rol_1', 'Desk', 'VIEW_USERS', 'GENERATE_LOCKOUT_CODES');
const keys = role('rol_2', 'Keys', 'MANAGE_ROLES');
const member = (access: Partial<NonNullable<StaffMemberFragment['staffAccess']>> = {}, adminLevel = false) =>
  ({
    id: 'usr_1',
    adminLevel,
    staffAccess: { roles: [desk], removedPermissions: [], version: 7, ...access },
  }) as unknown as StaffMemberFragment;
const base = draftOf(member());

describe('what is sent', () => {
  test('is only what was changed, with the version that was seen', () => {
    expect(inputOf(member(), { ...base, roleIds: ['rol_1', 'rol_2'], reason: ' Ticket 1 ' })).toEqual({
      userId: 'usr_1', version: 7, roleIds: ['rol_1', 'rol_2'], reason: 'Ticket 1',
    });
    expect(inputOf(member(), { ...base, adminLevel: true, removedPermissions: ['VIEW_USERS'], reason: 'x' })).toEqual({
      userId: 'usr_1', version: 7, adminLevel: true, removedPermissions: ['VIEW_USERS'], reason: 'x',
    });
  });

  test('a reason alone changes nothing', () => {
    expect(changed(base, { ...base, reason: 'x' })).toEqual([]);
    expect(Object.keys(wrongWith(base))).toEqual(['reason']);
  });
});

test('what somebody may do is what roles and level allow, less what is taken by name', () => {
  expect(mayDo(base, [desk, keys])).toEqual(['VIEW_USERS', 'GENERATE_LOCKOUT_CODES']);
  expect(mayDo({ ...base, adminLevel: true, roleIds: ['rol_2'] }, [desk, keys])).toEqual(['VIEW_NOTIFICATION_HISTORY', 'MANAGE_ROLES']);
  expect(mayDo({ ...base, adminLevel: true, removedPermissions: ['VIEW_USERS', 'VIEW_NOTIFICATION_HISTORY'] }, [desk])).toEqual(['GENERATE_LOCKOUT_CODES']);
});

test('roles to choose from are those that may be given and those that are held', () => {
  expect(offered([desk], [keys, desk]).map(({ name }) => name)).toEqual(['Desk', 'Keys']);
});

test('nothing that was chosen is lost when someone else saves first', () => {
  const stored = draftOf(member({ roles: [desk, keys], removedPermissions: ['VIEW_AUDIT_LOG'] }, true));
  expect(rebased(base, { ...base, roleIds: [], removedPermissions: ['VIEW_USERS'], reason: 'x' }, stored)).toEqual({
    adminLevel: true, roleIds: ['rol_2'], removedPermissions: ['VIEW_USERS', 'VIEW_AUDIT_LOG'], reason: 'x',
  });
});

test('nobody gives what they lack', () => {
  const viewer = { adminLevel: false, permissions: ['VIEW_USERS', 'MANAGE_STAFF'] } as const;
  expect(levelFixed(viewer, base)).toMatch(/Only Admin-level/);
  expect(levelFixed({ ...viewer, adminLevel: true }, base)).toBeUndefined();
  expect(roleFixed(viewer, base, keys)).toBe('You don’t hold “Can manage roles”, and nobody gives what they lack.');
  expect(roleFixed(viewer, base, desk)).toBeUndefined();
  const taken = draftOf(member({ removedPermissions: ['VIEW_USERS', 'MANAGE_ROLES'] }));
  expect([removedFixed(viewer, taken, 'VIEW_USERS'), removedFixed(viewer, taken, 'VIEW_AUDIT_LOG')]).toEqual([undefined, undefined]);
  expect(removedFixed(viewer, taken, 'MANAGE_ROLES')).toMatch(/nobody gives/);
});
