import { expect, test } from 'vitest';
import { formatPhone } from './phone';

test.each([
  ['+12025550101', '+1 (202) 555-0101'],
  ['+447700900104', '+44 7700 900104'],
  ['+3531234567', '+3531234567'],
  ['+1202555010', '+1202555010'],
])('%s reads %s', (number, shown) => {
  expect(formatPhone(number)).toBe(shown);
});
