import { expect, test } from 'vitest';
import { MAX_REASON, reasonFault, reasonLength } from './reason';

test('a reason is counted as the server counts it', () => {
  expect(reasonLength('  lost phone \n')).toBe(10);
  expect(reasonLength('🙂'.repeat(3))).toBe(3);
});

test('a reason has 1 to 500 characters', () => {
  expect(reasonFault(' \n')).toMatch('Say why');
  expect(reasonFault('x'.repeat(MAX_REASON))).toBeUndefined();
  expect(reasonFault('x'.repeat(MAX_REASON + 1))).toMatch('Shorten');
});
