import { expect, test } from 'vitest';
import { isPaused, waysWithout, wayTo } from './attention';

const phone = { id: 'd1', confirmedAt: '2026-01-01T00:00:00Z', disabledAt: null, suspendedAt: null };

test('a finding leads to where something is done about it', () => {
  expect(wayTo({ place: 'DEVICE', deviceId: 'd1' })).toMatchObject({ id: 'device-d1' });
  expect(wayTo({ place: 'BACKUP_CODES', deviceId: null })).toMatchObject({ id: 'backup-codes' });
  expect(wayTo({ place: null, deviceId: null })).toBeUndefined();
});

test('a device is paused until the pause ends', () => {
  const now = Date.parse('2026-01-02T12:00:00Z');
  expect(isPaused({ pausedUntil: '2026-01-02T12:00:01Z' }, now)).toBe(true);
  expect(isPaused({ pausedUntil: '2026-01-02T12:00:00Z' }, now)).toBe(false);
  expect(isPaused({ pausedUntil: null }, now)).toBe(false);
});

test('without a device a user has the others that are confirmed, on and not suspended', () => {
  const app = { ...phone, id: 'd2' };
  const off = { ...phone, id: 'd3', disabledAt: '2026-01-02T11:00:00Z' };
  const unconfirmed = { ...phone, id: 'd4', confirmedAt: null };
  const suspended = { ...phone, id: 'd5', suspendedAt: '2026-01-02T11:00:00Z' };
  expect(waysWithout([phone, app, off, unconfirmed, suspended], 'd1')).toEqual([app]);
  expect(waysWithout([phone, off, unconfirmed, suspended], 'd1')).toEqual([]);
});
