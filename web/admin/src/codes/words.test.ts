import { expect, test } from 'vitest';
import { channels, events, outcomeOf, outcomes, purposes, whatOf } from './words';

test('no two outcomes, purposes, ways or events read the same', () => {
  for (const words of [
    Object.values(outcomes).map((o) => o.words),
    Object.values(purposes),
    Object.values(channels).flatMap((c) => [c.code, c.test]),
    Object.values(events),
  ])
    expect(new Set(words).size).toBe(words.length);
});

test('no two outcomes of one colour have the same shape', () => {
  const looks = Object.values(outcomes).map(({ tone, icon }) => `${tone} ${icon ?? ''}`);
  expect(new Set(looks).size).toBe(looks.length);
});

test('a code is told from a test message, and where it went is said where it went anywhere', () => {
  expect(whatOf({ purpose: 'SIGN_IN', channel: 'SMS', to: '+1 202-555-0101' })).toBe('Code by text to +1 202-555-0101');
  expect(whatOf({ purpose: 'TEST', channel: 'VOICE', to: '+1 202-555-0102' })).toBe('Test message by call to +1 202-555-0102');
  expect(whatOf({ purpose: 'STEP_UP', channel: 'AUTHENTICATOR_APP', to: null })).toBe('Code from the app');
});

test('a test message that arrived is not one that nobody entered', () => {
  expect(outcomeOf({ purpose: 'TEST', outcome: 'DELIVERED_NOT_ENTERED' }).words).toBe('Delivered');
  expect(outcomeOf({ purpose: 'SIGN_IN', outcome: 'DELIVERED_NOT_ENTERED' }).words).toBe('Delivered, not entered');
  expect(outcomeOf({ purpose: 'TEST', outcome: 'UNDELIVERED' }).words).toBe('Undelivered');
});
