import { expect, test } from 'vitest';
import { filterOf, parseSearch } from './search';
import { outcome, remarks, what } from './words';

test('an address that makes no sense asks for everything', () => {
  expect(parseSearch({ action: 'toString', actor: true, from: '2026-13-45x', to: '', target: [] })).toEqual({});
});

test('days are the viewer’s own, and the last one counts', () => {
  const filter = filterOf(parseSearch({ action: 'SIGNED_IN', actor: 'usr_a', from: '2026-01-31', to: '2026-01-31' }));
  expect(filter).toEqual({
    action: 'SIGNED_IN',
    actorId: 'usr_a',
    from: new Date(2026, 0, 31).toISOString(),
    to: new Date(2026, 1, 1).toISOString(),
  });
});

test('a refusal says what was refused, and details read as words', () => {
  const details = [
    { name: 'handover', value: 'PHONE_CALL' },
    { name: 'numberType', value: 'VOIP' },
    { name: 'reason', value: 'Lost THE phone' },
    { name: 'operation', value: 'generateBackupCodes' },
  ];
  expect(what({ action: 'REFUSED', details })).toBe('Was refused: generate backup codes');
  expect(what({ action: 'UPDATE_NUMBER_TYPE', details: [] })).toBe('Set a number type');
  expect(remarks({ action: 'REFUSED', details })).toEqual([
    { name: 'Handover', value: 'Phone call' },
    { name: 'Number type', value: 'VoIP' },
    { name: 'Reason', value: 'Lost THE phone' },
  ]);
});

test('an outcome that is not known reads as it is', () => {
  expect(outcome('DONE')).toEqual({ tone: 'good', words: 'Done' });
  expect(outcome('NEW_CODE')).toEqual({ tone: 'warn', words: 'NEW_CODE' });
});
