import { describe, expect, test } from 'vitest';
import { attention, waysWithout, type AttentionInput } from './attention';

const now = Date.parse('2026-01-02T12:00:00Z');
const phone = {
  __typename: 'PhoneDevice',
  id: 'd1',
  label: 'My phone',
  phoneNumber: '+12025550101',
  communicationMethod: 'TEXT',
  detectedNumberType: 'MOBILE',
  numberTypeOverride: null,
  confirmedAt: '2026-01-01T00:00:00Z',
  disabledAt: null,
  suspendedAt: null,
  pausedUntil: null,
} as const;
const app = { __typename: 'AuthenticatorDevice', id: 'd2', label: 'My app', confirmedAt: '2026-01-01T00:00:00Z', disabledAt: null, suspendedAt: null, pausedUntil: null } as const;
const user = (change: Partial<AttentionInput> = {}): AttentionInput => ({ __typename: 'User', id: 'u1', status: 'ACTIVE', addressProvedAt: '2026-03-01T12:00:00Z', devices: [phone], ...change });
const titles = (u: AttentionInput) => attention(u, now).map((f) => f.title);

describe('nothing needs attention', () => {
  test('where an active user has a phone in use', () => expect(titles(user())).toEqual([]));
  test('where the account is closed', () => expect(titles(user({ status: 'CLOSED', devices: [] }))).toEqual([]));
  test('where staff set what was detected', () =>
    expect(titles(user({ devices: [{ ...phone, numberTypeOverride: { __typename: 'NumberTypeOverride', numberType: 'MOBILE' } }] }))).toEqual([]));
});

test('a user without a device needs backup codes', () => {
  expect(attention(user({ devices: [] }), now)).toMatchObject([{ tone: 'bad', title: 'No two-factor device', where: 'backup-codes' }]);
});

test('devices that were refused are not taken for none', () => {
  expect(titles(user({ devices: null }))).toEqual([]);
});

test('a user who is not enrolled needs to finish', () => {
  expect(titles(user({ status: 'REGISTERED', devices: [{ ...phone, confirmedAt: null }] }))).toEqual(['Not enrolled yet']);
  expect(titles(user({ status: 'ENROLLING' }))).toEqual(['Enrolment is under way']);
  expect(titles(user({ status: 'REGISTERED', addressProvedAt: null }))).toEqual(['Address not proved', 'Not enrolled yet']);
  expect(titles(user({ status: 'CLOSED', addressProvedAt: null }))).toEqual([]);
});

test('a frozen account is said first', () => {
  expect(titles(user({ status: 'FROZEN', devices: [{ ...phone, detectedNumberType: null }] }))).toEqual([
    'Device changes are frozen',
    'Number type of +1 (202) 555-0101 is unknown',
  ]);
});

describe('a device that is switched off', () => {
  const off = { ...phone, disabledAt: '2026-01-02T11:00:00Z' };
  test('leaves another, if there is one', () => {
    expect(attention(user({ devices: [off, app] }), now)).toMatchObject([{ title: '+1 (202) 555-0101 is switched off', where: 'device-d1' }]);
  });
  test('leaves backup codes otherwise', () => {
    expect(attention(user({ devices: [off, { ...app, confirmedAt: null }] }), now)).toMatchObject([{ where: 'backup-codes' }]);
  });
});

describe('a device that wrong codes pause', () => {
  const until = (pausedUntil: string, change = {}) => titles(user({ devices: [{ ...phone, pausedUntil, ...change }] }));
  test('is told until the pause ends', () => {
    expect(until('2026-01-02T12:00:01Z')).toEqual(['+1 (202) 555-0101 is paused']);
    expect(until('2026-01-02T12:00:00Z')).toEqual([]);
  });
  test('is told as switched off once it is', () => {
    expect(until('2026-01-02T12:30:00Z', { disabledAt: '2026-01-02T11:00:00Z' })).toEqual(['+1 (202) 555-0101 is switched off']);
  });
});

test('a suspended device is told, and signs nobody in', () => {
  const suspect = { ...app, suspendedAt: '2026-01-02T11:00:00Z' };
  expect(attention(user({ devices: [phone, suspect] }), now)).toMatchObject([{ tone: 'bad', title: 'My app is suspended', where: 'device-d2' }]);
  expect(waysWithout([phone, suspect], 'd1')).toEqual([]);
});

test('without a device a user has the others that are confirmed and on', () => {
  const off = { ...phone, id: 'd3', disabledAt: '2026-01-02T11:00:00Z' };
  const unconfirmed = { ...app, id: 'd4', confirmedAt: null };
  expect(waysWithout([phone, app, off, unconfirmed], 'd1')).toEqual([app]);
  expect(waysWithout([phone, off, unconfirmed], 'd1')).toEqual([]);
});

test('an override that differs from what was detected is told', () => {
  const set = { ...phone, numberTypeOverride: { __typename: 'NumberTypeOverride' as const, numberType: 'VOIP' as const } };
  expect(attention(user({ devices: [set] }), now)).toMatchObject([
    {
      tone: 'neutral',
      title: 'Staff set +1 (202) 555-0101 to internet phone (VoIP)',
      advice: 'It was detected as mobile. Codes go by call. If they do not arrive, return it to the detected type.',
      where: 'device-d1',
    },
  ]);
});

describe('backup codes', () => {
  const codes = (remaining: number, expiresAt: string | null) => titles(user({ backupCodes: { remaining, expiresAt } }));
  test('that end within 2 hours are told', () => expect(codes(3, '2026-01-02T14:00:00Z')).toEqual(['Backup codes are about to expire']));
  test('that last longer, never end, are over or spent are not', () => {
    expect(codes(3, '2026-01-02T14:00:01Z')).toEqual([]);
    expect(codes(3, null)).toEqual([]);
    expect(codes(3, '2026-01-02T12:00:00Z')).toEqual([]);
    expect(codes(0, '2026-01-02T13:00:00Z')).toEqual([]);
  });
});
