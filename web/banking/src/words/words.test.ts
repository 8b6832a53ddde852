import { expect, test } from 'vitest';
import { en } from './en';
import { es } from './es';

/** Words that are the same in both, or have none of a language. */
const same = new Set(['product', 'Factordesk', 'UTC']);

/** Every leaf of words by its place, functions by what they say of samples. */
function* leaves(words: unknown, place = ''): Generator<[place: string, said: string]> {
  if (typeof words === 'string') yield [place, words];
  else if (typeof words === 'function') {
    const sample = place.endsWith('.fault') ? [{ code: 'INTERNAL', message: '', path: '' }] : place.endsWith('.device') ? ['x'] : [7, 9];
    yield [place, String((words as (...given: unknown[]) => unknown)(...sample))];
  } else if (words && typeof words === 'object') {
    for (const [name, inner] of Object.entries(words)) yield* leaves(inner, `${place}.${name}`);
  }
}

/** Words that no Spanish sentence has. */
const english = /\b(the|your|you|and|with|from|this|that|was|were|have|code|codes|phone|phones|sign|signed|password|email|mail|text|call|added|used|never|back|again|wait|please|try|ago|in|is|it|to|of|or)\b/i;

test('nothing of the Spanish words is English', () => {
  const found: string[] = [];
  const inEnglish = new Map(leaves(en));
  for (const [place, said] of leaves(es)) {
    if (same.has(said) || ['.ownName', '.shared.language'].includes(place)) continue;
    if (said === inEnglish.get(place) && said !== '') found.push(`${place} is as in English: ${said}`);
    const word = english.exec(said);
    if (word) found.push(`${place} has “${word[0]}”: ${said}`);
  }
  expect(found).toEqual([]);
});

test('English is found', () => {
  expect([...leaves({ a: { b: 'Sign in again' } })].filter(([, said]) => english.test(said))).toHaveLength(1);
});
