import { expect, test } from 'vitest';
import { minutes, secondsLeft } from './timeLeft';

const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);

test('a confirmation has the time until it expires', () => {
  expect(secondsLeft('2026-03-02T12:05:00Z', at('12:00:01'))).toBe(299);
});

test('a clock that is off neither ends a confirmation nor prolongs it', () => {
  expect(secondsLeft('2026-03-02T12:05:00Z', at('12:30:00'))).toBe(300);
  expect(secondsLeft('2026-03-02T12:05:00Z', at('09:00:00'))).toBe(300);
});

test('time left is in minutes and seconds', () => {
  expect([300, 65, 9, 0].map(minutes)).toEqual(['5:00', '1:05', '0:09', '0:00']);
});
