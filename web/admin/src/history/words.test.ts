import { expect, test } from 'vitest';
import { pieces, statuses, whoCanFix } from './words';

test('hidden codes are told from the words around them', () => {
  expect(pieces('Bank: •••••• is your code, or ••••.')).toEqual([
    { text: 'Bank: ', hidden: false },
    { text: '••••••', hidden: true },
    { text: ' is your code, or ', hidden: false },
    { text: '••••', hidden: true },
    { text: '.', hidden: false },
  ]);
  expect(pieces('Your balance is $4.')).toEqual([{ text: 'Your balance is $4.', hidden: false }]);
});

test.each([
  [['STAFF' as const], 'Support staff'],
  [['CUSTOMER' as const, 'STAFF' as const], 'The customer or support staff'],
  [['CARRIER' as const, 'PROVIDER' as const, 'CUSTOMER' as const], 'The mobile carrier, Twilio, or the customer'],
])('%s can fix it', (who, words) => {
  expect(whoCanFix(who)).toBe(words);
});

test('no two statuses have the same words or the same shape', () => {
  const all = Object.values(statuses);
  expect(new Set(all.map((s) => s.words)).size).toBe(7);
  expect(new Set(all.map((s) => s.icon)).size).toBe(7);
});
