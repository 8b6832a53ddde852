import { expect, test } from 'vitest';
import { checkName } from './words';

test('a check has a name, one of a newer server its own', () => {
  expect(checkName('BALANCE')).toBe('Balance');
  expect(checkName('NEWER')).toBe('NEWER');
});
