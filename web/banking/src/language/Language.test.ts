import { expect, test } from 'vitest';
import { firstSpoken } from './Language';

test.each([
  [['es-MX', 'en-US'], 'ES'],
  [['de-DE', 'es'], 'ES'],
  [['en-GB'], 'EN'],
  [['fr'], 'EN'],
  [[], 'EN'],
])('of %j, %s is spoken', (wanted, spoken) => {
  expect(firstSpoken(wanted)).toBe(spoken);
});
