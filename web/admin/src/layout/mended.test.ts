import { expect, test } from 'vitest';
import { mended } from './mended';

const wrong = { name: 'Give it a name', reason: 'Say why' };

test('what is changed counts as mended', () => {
  expect(mended(wrong, { name: 'V' })).toEqual({ reason: 'Say why' });
});

test('what is wrong stays the same while another field is typed in', () => {
  expect(mended(wrong, { sender: '+1' })).toBe(wrong);
});
