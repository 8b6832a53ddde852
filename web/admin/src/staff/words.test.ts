import { describe, expect, test } from 'vitest';
import { byWhat, consequences, factorsInWords, stateWords } from './words';

test.each([
  ['Active', { status: 'ACTIVE', disabledAt: null }],
  ['Active', { status: 'ENROLLING', disabledAt: null }],
  ['Invited', { status: 'REGISTERED', disabledAt: null }],
  ['Invited', { status: 'REGISTERED', disabledAt: null, invitedUntil: '2026-01-02T00:00:00Z' }],
  ['Invitation over', { status: 'REGISTERED', disabledAt: null, invitedUntil: null }],
  ['Frozen', { status: 'FROZEN', disabledAt: null }],
  ['Disabled', { status: 'FROZEN', disabledAt: '2026-01-02T00:00:00Z' }],
  ['Closed', { status: 'CLOSED', disabledAt: '2026-01-02T00:00:00Z' }],
] as const)('%s', (words, account) => {
  expect(stateWords(account).words).toBe(words);
});

test('factors in a line', () => {
  expect(factorsInWords([])).toBe('None');
  expect(factorsInWords(['SMS', 'AUTHENTICATOR_APP', 'BACKUP_CODE'])).toBe('Text, authenticator app, backup code');
  expect([byWhat('VOICE'), byWhat(null)]).toEqual(['by call', '']);
});

describe('what saving changes', () => {
  test('is said of both what is new and what goes', () => {
    expect(consequences('Vic', ['VIEW_USERS', 'MANAGE_STAFF'], ['VIEW_USERS', 'MANAGE_ROLES'], true)).toEqual(['Vic gets “Can manage roles”.', 'Vic loses “Can manage staff”.']);
  });

  test('may be nothing, which is said once something is changed', () => {
    expect(consequences('Vic', ['VIEW_USERS'], ['VIEW_USERS'], true)).toEqual(['What Vic may do stays the same.']);
    expect(consequences('Vic', ['VIEW_USERS'], ['VIEW_USERS'], false)).toEqual([]);
  });
});
