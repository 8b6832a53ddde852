import { expect, test } from 'vitest';
import { en } from '../words/en';
import { detailOf, iconOf, nameOf, type Device } from './naming';

const common = { id: 'dev_1', isDefault: false, addedAt: '2026-01-02T00:00:00Z', confirmedAt: null, lastUsedAt: null, disabledAt: null, suspendedAt: null };
const phone = (label: string, communicationMethod: 'TEXT' | 'CALL'): Device => ({
  ...common,
  __typename: 'PhoneDevice',
  label,
  phoneNumber: '+12025550101',
  formatted: '+1 202-555-0101',
  communicationMethod,
});
const email = (label: string): Device => ({ ...common, __typename: 'EmailDevice', label, address: 'ada@customer.example' });
const app = (label: string): Device => ({ ...common, __typename: 'AuthenticatorDevice', label });

test.each([
  [phone('My cell', 'TEXT'), 'My cell', '+1 202-555-0101, by text', 'text'],
  [phone('', 'CALL'), '+1 202-555-0101', 'by call', 'call'],
  [email('Work'), 'Work', 'ada@customer.example', 'mail'],
  [email(''), 'ada@customer.example', 'Email', 'mail'],
  [app('Pixel'), 'Pixel', 'Authenticator app', 'device'],
  [app(''), 'Authenticator app', '', 'device'],
])('%o is called %s', (device, name, detail, icon) => {
  expect([nameOf(device, en.account), detailOf(device, en.account), iconOf(device)]).toEqual([name, detail, icon]);
});
