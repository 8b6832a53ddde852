import { expect, test } from 'vitest';
import { checkName, textable } from './words';

test('a check has a name, one of a newer server its own', () => {
  expect(checkName('BALANCE')).toBe('Balance');
  expect(checkName('NEWER')).toBe('NEWER');
});

test('a test text goes to a phone that gets texts, the default first', () => {
  const phone = {
    __typename: 'PhoneDevice' as const,
    id: 'dev_1',
    isDefault: false,
    confirmedAt: '2026-03-02T12:00:00Z',
    disabledAt: null,
    suspendedAt: null,
    phoneNumber: '+12025550181',
    communicationMethod: 'TEXT' as const,
  };
  const later = { ...phone, id: 'dev_2', isDefault: true, phoneNumber: '+12025550182' };
  expect(textable([phone, later])).toEqual({ id: 'dev_2', lastFour: '0182' });
  const call = { ...later, communicationMethod: 'CALL' as const };
  const waits = { ...later, confirmedAt: null };
  const off = { ...later, disabledAt: '2026-03-02T12:00:00Z' };
  const suspended = { ...later, suspendedAt: '2026-03-02T12:00:00Z' };
  expect(textable([call, waits, off, suspended])).toBeUndefined();
  expect(textable([call, phone])).toEqual({ id: 'dev_1', lastFour: '0181' });
});
