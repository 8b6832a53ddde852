import { CombinedError } from '@urql/core';
import { afterEach, expect, test, vi } from 'vitest';
import { faultsOf } from './fault';

afterEach(() => vi.unstubAllGlobals());

test('an error keeps its code, its field, its path and its wait', () => {
  const error = new CombinedError({
    graphQLErrors: [
      { message: 'Wait.', path: ['users', 'nodes', 0, 'email'], extensions: { code: 'THROTTLED', retryAfterSeconds: 7 } },
      { message: 'Too short.', extensions: { code: 'INVALID_INPUT', field: 'reason' } },
    ],
  });
  expect(faultsOf(error)).toEqual([
    { code: 'THROTTLED', message: 'Wait.', path: 'users.nodes.0.email', retryAfterSeconds: 7 },
    { code: 'INVALID_INPUT', message: 'Too short.', path: '', field: 'reason' },
  ]);
});

test('no answer is told from no connection', () => {
  const error = new CombinedError({ networkError: new TypeError('Failed to fetch') });
  vi.stubGlobal('navigator', { onLine: true });
  expect(faultsOf(error)).toMatchObject([{ code: 'UNREACHABLE' }]);
  vi.stubGlobal('navigator', { onLine: false });
  expect(faultsOf(error)).toMatchObject([{ code: 'OFFLINE' }]);
});

test('a document that the server no longer knows is a newer version', () => {
  const graphQLErrors = [{ message: 'Unknown.', extensions: { code: 'INVALID_INPUT', field: 'documentId' } }];
  expect(faultsOf(new CombinedError({ graphQLErrors }))).toMatchObject([{ code: 'NEWER' }]);
});

test('no error is no fault', () => {
  expect(faultsOf(undefined)).toEqual([]);
});
