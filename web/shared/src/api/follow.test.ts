import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { follow } from './follow';

const OPEN = ':\n\n';
const next = (result: unknown) => `event: next\ndata: ${JSON.stringify(result)}\n\n`;
const refusal = (code: string) => `${next({ errors: [{ message: 'No.', extensions: { code } }], data: null })}event: complete\ndata: \n\n`;
const COMPLETE = 'event: complete\ndata: \n\n';

/** A stream that stays open until it is told otherwise. */
function stream(signal: AbortSignal, ...events: string[]) {
  const answer = new Response(
    new ReadableStream<Uint8Array>({
      start(to) {
        for (const event of events) to.enqueue(new TextEncoder().encode(event));
        signal.addEventListener('abort', () => to.error(signal.reason));
      },
    }),
    { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } },
  );
  return Promise.resolve(answer);
}

/** Follows what `answer` gives at each time of asking, and keeps what it hears. */
function following(answer: (time: number, signal: AbortSignal) => Promise<Response>) {
  const heard: unknown[] = [];
  let asked = 0;
  const stop = follow<{ n: number }>({
    open: (signal) => {
      heard.push('asked');
      return answer(++asked, signal);
    },
    onOpen: () => heard.push('open'),
    onData: ({ n }) => heard.push(n),
    onLost: (refused) => heard.push(refused ? 'refused' : 'lost'),
  });
  return { heard, stop, asked: () => asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('what comes is handed on, after the stream has opened', async () => {
  const { heard, stop } = following((_, signal) => stream(signal, OPEN, next({ data: { n: 1 } }), next({ data: { n: 2 } })));
  await pass(0);
  expect(heard).toEqual(['asked', 'open', 1, 2]);
  stop();
});

test('a stream that the server ends is opened anew, and said to be', async () => {
  const { heard, stop } = following((time, signal) => stream(signal, OPEN, time === 1 ? COMPLETE : next({ data: { n: time } })));
  await pass(0);
  expect(heard).toEqual(['asked', 'open', 'lost']);
  await pass(999);
  expect(heard).toHaveLength(3);
  await pass(1);
  expect(heard).toEqual(['asked', 'open', 'lost', 'asked', 'open', 2]);
  stop();
});

test('who does not answer is asked after 1, 2, 4, 8, 16 and 30 seconds, and no slower', async () => {
  const at: number[] = [];
  const begun = Date.now();
  const { stop } = following(() => {
    at.push((Date.now() - begun) / 1000);
    return Promise.reject(new TypeError('Failed to fetch'));
  });
  await pass(100_000);
  expect(at).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
  stop();
});

test('an error page and a refusal for now are tried again', async () => {
  const { heard, stop } = following((time, signal) => {
    if (time === 1) return Promise.resolve(new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }));
    return stream(signal, time === 2 ? refusal('THROTTLED') : OPEN);
  });
  await pass(3_000);
  expect(heard).toEqual(['asked', 'lost', 'asked', 'lost', 'asked', 'open']);
  stop();
});

test.each(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'])('%s is final', async (code) => {
  const { heard } = following((_, signal) => stream(signal, refusal(code)));
  await pass(600_000);
  expect(heard).toEqual(['asked', 'refused']);
});

test('a stream that says nothing is given up, and one that says it is there is not', async () => {
  let say = () => {};
  const { heard, stop } = following((_, signal) => {
    const lines = new TransformStream<Uint8Array, Uint8Array>();
    const to = lines.writable.getWriter();
    signal.addEventListener('abort', () => void to.abort(signal.reason).catch(() => undefined));
    say = () => void to.write(new TextEncoder().encode(OPEN)).catch(() => undefined);
    say();
    return Promise.resolve(new Response(lines.readable, { headers: { 'Content-Type': 'text/event-stream' } }));
  });
  for (let i = 0; i < 8; i++) {
    await pass(15_000);
    say();
  }
  await pass(0);
  expect(heard).toEqual(['asked', 'open']);
  await pass(46_001);
  expect(heard).toEqual(['asked', 'open', 'lost', 'asked', 'open']);
  stop();
});

test('nothing is asked or heard after the end', async () => {
  const open = following((_, signal) => stream(signal, OPEN));
  await pass(0);
  open.stop();
  const waiting = following(() => Promise.reject(new TypeError('Failed to fetch')));
  await pass(0);
  waiting.stop();
  await pass(60_000);
  expect(open.heard).toEqual(['asked', 'open']);
  expect(waiting.heard).toEqual(['asked', 'lost']);
});
