import { expect, test } from 'vitest';
import { devicesInWords } from './devices';

const phone = {
  __typename: 'PhoneDevice',
  id: 'd1',
  label: 'My phone',
  phoneNumber: '+12025550102',
  formatted: '+1 202-555-0102',
  communicationMethod: 'CALL',
  detectedNumberType: null,
  numberTypeOverride: null,
  confirmedAt: null,
  disabledAt: null,
  suspendedAt: null,
  pausedUntil: null,
} as const;
const app = { __typename: 'AuthenticatorDevice', id: 'd2', label: '', confirmedAt: null, disabledAt: null, suspendedAt: null, pausedUntil: null } as const;
const mail = { __typename: 'EmailDevice', id: 'd3', label: '', address: 'a@customer.example', confirmedAt: null, disabledAt: null, suspendedAt: null, pausedUntil: null } as const;

test.each([
  ['Phone ••0102, by call', [phone]],
  ['Authenticator app', [app]],
  ['Email', [mail]],
  ['2 devices', [phone, app]],
  ['None', []],
  ['Not known', null],
])('%s', (words, devices) => {
  expect(devicesInWords(devices)).toBe(words);
});
