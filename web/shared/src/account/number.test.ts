import { expect, test } from 'vitest';
import { toE164 } from './number';

test.each([
  ['+1 (202) 555-0101', '+12025550101'],
  ['202.555.0101', '+12025550101'],
  ['1 202 555 0101', '+12025550101'],
  ['0044 7700 900104', '+447700900104'],
  ['+44 7700 900104', '+447700900104'],
  ['07700 900104', null],
  ['five', null],
  ['+0123456789', null],
  ['', null],
])('%j is %s', (typed, number) => {
  expect(toE164(typed)).toBe(number);
});
