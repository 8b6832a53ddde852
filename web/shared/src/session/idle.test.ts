import { expect, test } from 'vitest';
import { endsAt } from './idle';

const viewer = { sessionEndsAt: '2026-01-02T20:00:00Z', sessionIdleSeconds: 30 * 60 };
const at = (time: string) => Date.parse(`2026-01-02T${time}Z`);

test('a session ends for want of use, a minute early to be safe', () => {
  expect(endsAt(viewer, at('12:00:00'))).toEqual({ at: at('12:29:00'), idle: true });
});

test('a session in use ends with its day', () => {
  expect(endsAt(viewer, at('19:59:00'))).toEqual({ at: at('20:00:00'), idle: false });
});
