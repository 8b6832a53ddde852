import { expect, test } from 'vitest';
import { passed, wait } from './wait';

test.each([
  [1, '1 s'],
  [120, '120 s'],
  [121, '3 min'],
  [900, '15 min'],
  [3448, '58 min'],
])('%i seconds are %s', (seconds, said) => {
  expect(wait(seconds)).toBe(said);
});

test.each([
  [20, '20 s'],
  [120, '120 s'],
  [179, '2 min'],
])('%i seconds that have passed are %s', (seconds, said) => {
  expect(passed(seconds)).toBe(said);
});
