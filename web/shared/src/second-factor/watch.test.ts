import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watch } from './watch';

/** A page that is seen or not. */
class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  turn(to: DocumentVisibilityState) {
    this.visibilityState = to;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: Page;
let sent: number;
const elapsed = () => Date.now() - sent;
beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  sent = Date.now();
});
afterEach(() => vi.useRealTimers());

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000);
const begin = (ask: () => Promise<boolean>) => watch(ask, elapsed, page);

test('every 2 s for 30 s, then every 5 s up to 2 min, then never', async () => {
  const at: number[] = [];
  begin(() => {
    at.push(elapsed() / 1000);
    return Promise.resolve(true);
  });
  await seconds(600);
  expect(at).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a code sent long ago is not asked after', async () => {
  const ask = vi.fn(() => Promise.resolve(true));
  sent -= 120_000;
  begin(ask);
  page.turn('visible');
  await seconds(600);
  expect(ask).not.toHaveBeenCalled();
});

test('it ends when there is no more to learn', async () => {
  const ask = vi.fn(() => Promise.resolve(ask.mock.calls.length < 3));
  begin(ask);
  await seconds(600);
  page.turn('visible');
  await seconds(600);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('one that fails does not end it', async () => {
  const ask = vi.fn(() => (ask.mock.calls.length === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve(true)));
  begin(ask);
  await seconds(4);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('not while the page is hidden, and at once when it is seen again', async () => {
  const ask = vi.fn(() => Promise.resolve(true));
  begin(ask);
  await seconds(3);
  page.turn('hidden');
  await seconds(20);
  expect(ask).toHaveBeenCalledTimes(1);
  page.turn('visible');
  expect(ask).toHaveBeenCalledTimes(2);
  await seconds(2);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('one at a time: a slow answer is waited for', async () => {
  let answer: (more: boolean) => void = () => undefined;
  const ask = vi.fn(() => new Promise<boolean>((resolve) => (answer = resolve)));
  begin(ask);
  await seconds(2);
  page.turn('hidden');
  page.turn('visible');
  await seconds(20);
  expect(ask).toHaveBeenCalledTimes(1);
  answer(true);
  await seconds(2);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('what is stopped asks no more, even if an answer was still on its way', async () => {
  let answer: (more: boolean) => void = () => undefined;
  const ask = vi.fn(() => new Promise<boolean>((resolve) => (answer = resolve)));
  const stop = begin(ask);
  await seconds(2);
  stop();
  answer(true);
  page.turn('visible');
  await seconds(600);
  expect(ask).toHaveBeenCalledTimes(1);
});
