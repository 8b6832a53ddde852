import { expect, test } from 'vitest';
import { what, why } from './words';

test('a job is told in a phrase, one of a newer server too', () => {
  expect(what({ kind: 'SEND_NOTICE', queue: 'MAIL' })).toBe('Tell the user what happened, by email');
  expect(what({ kind: 'NEWER', queue: 'CHECKS' })).toBe('NEWER, a look at Twilio');
});

test('why it was given up is a sentence, whatever the reason', () => {
  expect(why('UNKNOWN')).toMatch(/not sent a second time\.$/);
  expect(why('INTERNAL')).toBe('It failed again and again for a week (INTERNAL).');
});
