import { describe, expect, test } from 'vitest';
import { spell, words } from './spelling';

describe('spelling', () => {
  test('has a word for every character of Crockford’s Base32, and for no other', () => {
    expect(Object.keys(words).sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  });

  test('has words that begin with their letter and are told apart by ear', () => {
    for (const [character, word] of Object.entries(words)) if (/[A-Z]/.test(character)) expect(word[0]).toBe(character);
    expect(new Set(Object.values(words)).size).toBe(32);
  });

  test('keeps the groups of a code', () => {
    const groups = spell('7K0XZ-ABCDE-12345');
    expect(groups.map((group) => group.map(({ character }) => character).join(''))).toEqual(['7K0XZ', 'ABCDE', '12345']);
    expect(groups[0]?.map(({ word }) => word)).toEqual(['seven', 'Kilo', 'zero', 'X-ray', 'Zulu']);
  });
});
