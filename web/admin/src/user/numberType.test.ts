import { expect, test } from 'vitest';
import { before, choices, savedWords, undoReason } from './numberType';

const override = { __typename: 'NumberTypeOverride', numberType: 'LANDLINE', reason: 'Asked for calls', at: '2026-01-02T15:04:05Z', by: null } as const;

test('a phone as detected offers the three types', () => {
  expect(choices({ detectedNumberType: 'MOBILE', numberTypeOverride: null }).map((c) => c.title)).toEqual([
    'Text message',
    'Phone call (landline)',
    'Phone call (internet phone)',
  ]);
});

test('a phone that staff set offers the way back, and says where it leads', () => {
  expect(choices({ detectedNumberType: 'VOIP', numberTypeOverride: override }).at(-1)).toEqual({
    choice: 'DETECTED',
    title: 'Return to detected type',
    meaning: 'It was detected as internet phone (VoIP): codes go by call.',
  });
  expect(choices({ detectedNumberType: null, numberTypeOverride: override }).at(-1)?.meaning).toBe('Nothing was detected: codes go by text.');
});

test('an undo puts back what staff had set before, or what was detected', () => {
  expect(before({ numberTypeOverride: override })).toBe('LANDLINE');
  expect(before({ numberTypeOverride: null })).toBe('DETECTED');
});

test('the reason of an undo fits', () => {
  expect(undoReason(' wrong customer ')).toBe('Undid: wrong customer');
  expect([...undoReason('é😀'.repeat(250))]).toHaveLength(500);
});

test('a saved change says how codes go now', () => {
  expect(savedWords({ formatted: '+1 202-555-0102', communicationMethod: 'CALL' })).toBe(
    'Codes to +1 202-555-0102 now go by call, from the next code on.',
  );
});
