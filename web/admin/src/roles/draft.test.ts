import { describe, expect, test } from 'vitest';
import type { ShownRoleFragment } from '../gql/graphql';
import { changesOf, draftOf, inputOf, isChanged, namesake, rebased, wrongWith } from './draft';

const role: ShownRoleFragment = { __typename: 'StaffRole', id: 'rol_1', name: 'Desk', permissions: ['VIEW_USERS', 'MANAGE_STAFF'], memberCount: 2, version: 4 };
const base = draftOf(role);

describe('what is sent', () => {
  test('is only what was changed, with the version that was seen', () => {
    expect(inputOf(role, { ...base, name: ' Help desk ', reason: ' Ticket 1 ' })).toEqual({ roleId: 'rol_1', version: 4, name: 'Help desk', reason: 'Ticket 1' });
    expect(inputOf(role, { ...base, permissions: ['VIEW_USERS'], reason: 'x' })).toEqual({ roleId: 'rol_1', version: 4, permissions: ['VIEW_USERS'], reason: 'x' });
  });

  test('is all of a role that is not there yet', () => {
    expect(inputOf(undefined, { name: 'Desk', permissions: ['VIEW_USERS'], reason: 'x' })).toEqual({ name: 'Desk', permissions: ['VIEW_USERS'], reason: 'x' });
  });
});

test('what is the same in another order or with spaces around it is no change', () => {
  expect(isChanged(changesOf(base, { ...base, name: 'Desk ', permissions: ['MANAGE_STAFF', 'VIEW_USERS'] }))).toBe(false);
  expect(isChanged(changesOf(base, { ...base, permissions: ['VIEW_USERS'] }))).toBe(true);
});

test('what is wrong is said at its field', () => {
  expect(wrongWith({ name: ' ', permissions: [], reason: '' })).toEqual({
    name: 'Give the role a name',
    permissions: 'Choose what the role allows: at least one permission',
    reason: 'Say why, in a few words',
  });
  expect(wrongWith({ ...base, reason: 'x' })).toEqual({});
});

test('nothing that was typed is lost when someone else saves first', () => {
  const stored = draftOf({ ...role, name: 'Theirs', permissions: ['VIEW_USERS', 'MANAGE_STAFF', 'VIEW_AUDIT_LOG'] });
  expect(rebased(base, { name: 'Mine', permissions: ['VIEW_USERS', 'MANAGE_ROLES'], reason: 'x' }, stored)).toEqual({
    name: 'Mine',
    permissions: ['VIEW_USERS', 'MANAGE_ROLES', 'VIEW_AUDIT_LOG'],
    reason: 'x',
  });
  expect(rebased(base, { ...base, reason: 'x' }, stored)).toEqual({ ...stored, reason: 'x' });
});

test('a role of the same name is found whatever the case', () => {
  expect(namesake([role], ' dESK ')).toBe(role);
  expect(namesake([role], 'Desk', 'rol_1')).toBeUndefined();
});
