import { expect, test } from 'vitest';
import { relative } from './When';

test.each([
  [-2, '2 sec. ago'],
  [-7_300, '2 hr. ago'],
  [-86_400, 'yesterday'],
  [600, 'in 10 min.'],
  [-31 * 86_400, ''],
])('%i seconds off is %s', (seconds, said) => {
  expect(relative('en', seconds)).toBe(said);
});
