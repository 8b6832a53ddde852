import { describe, expect, test } from 'vitest';
import type { BackupCodeStatus } from '../gql/graphql';
import { lastUsed, standing, tally } from './standing';

const set = (...statuses: BackupCodeStatus[]) => ({
  total: statuses.length,
  remaining: statuses.filter((status) => status === 'UNUSED').length,
  codes: statuses.map((status) => ({ status, usedAt: null as string | null })),
});

describe('standing', () => {
  test('counts what is left', () => {
    expect(standing(set('UNUSED', 'USED', 'UNUSED'))).toEqual({ tone: 'good', words: '2 of 3 codes left' });
  });
  test('says why none is left', () => {
    expect(standing(set('USED', 'USED')).words).toBe('No codes left: all 2 were used');
    expect(standing(set('USED', 'VOIDED')).words).toBe('No codes left: the set was made void');
    expect(standing(set('USED', 'EXPIRED')).words).toBe('No codes left: the set expired');
  });
});

test('tally names only what there is', () => {
  expect(tally(set('USED', 'UNUSED', 'USED'))).toBe('1 unused, 2 used');
  expect(tally(set('VOIDED', 'EXPIRED'))).toBe('1 void, 1 expired');
});

test('lastUsed is the newest use, whatever the order and the zone', () => {
  const { codes } = set('USED', 'USED', 'UNUSED');
  expect(lastUsed({ codes })).toBeUndefined();
  codes[0]!.usedAt = '2026-03-02T12:00:00Z';
  codes[1]!.usedAt = '2026-03-02T13:00:00+02:00';
  expect(lastUsed({ codes })).toBe('2026-03-02T12:00:00Z');
});
