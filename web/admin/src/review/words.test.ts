import { describe, expect, test } from 'vitest';
import type { ReviewedGrantFragment } from '../gql/graphql';
import { countInWords, giver, source } from './words';

const grant = (given: Partial<ReviewedGrantFragment>): ReviewedGrantFragment => ({
  __typename: 'AccessGrant',
  permission: 'VIEW_USERS',
  roles: [],
  since: null,
  grantedBy: null,
  lastUsedAt: null,
  ...given,
});

describe('what gives a permission', () => {
  test('are roles, by name', () => expect(source(grant({ roles: ['Agent', 'Viewer'] }))).toBe('Agent, Viewer'));
  test('is the level where no role does', () => expect(source(grant({}))).toBe('Admin level'));
});

describe('who gave it', () => {
  test('is a person', () => expect(giver(grant({ grantedBy: 'Ada Admin' }))).toBe('Ada Admin'));
  test('is an operator', () => expect(giver(grant({ grantedBy: 'operator:root' }))).toBe('Operator root'));
  test('is not known of what was given before that was kept', () => expect(giver(grant({}))).toBe('Not on record'));
});

test('how many are shown', () => {
  expect([countInWords(1), countInWords(2)]).toEqual(['1 person shown', '2 people shown']);
});
