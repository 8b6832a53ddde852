import { describe, expect, test } from 'vitest';
import type { ShownRoleFragment } from '../gql/graphql';
import { allPermissions, inSentence } from './permissions';
import { consequences, fixedBecause, holders } from './words';

test.each([
  [0, false, 'Nobody holds it'],
  [1, false, '1 of the staff holds it'],
  [1, true, 'Only you hold it'],
  [3, false, '3 of the staff hold it'],
  [3, true, '3 of the staff hold it, you among them'],
])('%d, own: %s', (count, own, words) => {
  expect(holders(count, own)).toBe(words);
});

test('permissions in a sentence', () => {
  expect(inSentence(['VIEW_USERS'])).toBe('“Can view users”');
  expect(inSentence(['VIEW_USERS', 'MANAGE_ROLES', 'MANAGE_STAFF'])).toBe('“Can view users”, “Can manage roles” and “Can manage staff”');
});

describe('what saving changes', () => {
  test('is said with how many it is about', () => {
    expect(consequences(3, { name: false, added: ['VIEW_USERS'], taken: ['MANAGE_STAFF'] })).toEqual([
      '3 of the staff get “Can view users”, unless it is taken from them by name.',
      '3 of the staff lose “Can manage staff”, unless another role of theirs allows it.',
    ]);
    expect(consequences(1, { name: false, added: [], taken: ['MANAGE_STAFF'] })).toEqual(['1 of the staff loses “Can manage staff”, unless another role of theirs allows it.']);
  });

  test('is nothing for a name alone, and for a role that nobody holds', () => {
    expect(consequences(3, { name: true, added: [], taken: [] })).toEqual([]);
    expect(consequences(0, { name: false, added: ['VIEW_USERS'], taken: [] })).toEqual(['Nobody holds this role, so this changes what nobody may do.']);
  });
});

test('nobody puts in what they lack, nor takes from a role of their own', () => {
  const role: ShownRoleFragment = { __typename: 'StaffRole', id: 'rol_1', name: 'Desk', permissions: ['VIEW_USERS', 'MANAGE_STAFF'], memberCount: 2, version: 4 };
  const viewer = { permissions: ['VIEW_USERS', 'MANAGE_ROLES'], roles: [] } as const;
  const free = (roles: string[], of?: ShownRoleFragment) => allPermissions.filter((p) => fixedBecause({ ...viewer, roles }, of, p) === undefined);
  expect(free([])).toEqual(['VIEW_USERS', 'MANAGE_ROLES']);
  expect(free([], role)).toEqual(['VIEW_USERS', 'MANAGE_ROLES', 'MANAGE_STAFF']);
  expect(free(['rol_1'], role)).toEqual(['MANAGE_ROLES']);
});
