import { expect, test } from 'vitest';
import { wrongWith } from './request';

test('a request names purpose, identity check and reason', () => {
  expect(Object.keys(wrongWith({ reason: ' ' }))).toEqual(['purpose', 'identityCheck', 'reason']);
  expect(wrongWith({ purpose: 'LOCKOUT', identityCheck: 'CALL_BACK', reason: 'Lost phone' })).toEqual({});
});
