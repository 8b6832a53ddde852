import { expect, test } from 'vitest';
import { nobody, wrongInvite } from './invite';

test('an invitation wants an address and both names', () => {
  expect(Object.keys(wrongInvite(nobody))).toEqual(['email', 'firstName', 'lastName']);
  expect(wrongInvite({ ...nobody, email: ' ', firstName: 'Jo', lastName: 'Joiner' })).toEqual({ email: 'Give the address that the invitation goes to' });
  expect(wrongInvite({ ...nobody, email: 'jo@harbor.example', firstName: 'Jo', lastName: 'Joiner' })).toEqual({});
});
