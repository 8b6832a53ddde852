import { expect, test } from 'vitest';
import { readEvents, type StreamEvent } from './events';

/** A body that comes in the pieces given. */
const inPieces = (...pieces: (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array>({
    start(to) {
      for (const piece of pieces) to.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      to.close();
    },
  });

async function all(body: ReadableStream<Uint8Array>): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

const words = ':\n\nevent: next\ndata: {"to":"Zoë 📱"}\n\nevent: complete\ndata: \n\n';
const events = [
  { name: '', data: '' },
  { name: 'next', data: '{"to":"Zoë 📱"}' },
  { name: 'complete', data: '' },
];

test('events are the same wherever a stream is cut, within a letter too', async () => {
  const bytes = new TextEncoder().encode(words);
  for (let cut = 0; cut <= bytes.length; cut++) expect(await all(inPieces(bytes.slice(0, cut), bytes.slice(cut)))).toEqual(events);
  expect(await all(inPieces(...[...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(events);
});

test.each(['\r\n', '\r'])('lines end with %j as well, cut or not', async (end) => {
  const bytes = new TextEncoder().encode(`${words.replaceAll('\n', end)}:${end}`);
  for (let cut = 0; cut <= bytes.length; cut++) expect((await all(inPieces(bytes.slice(0, cut), bytes.slice(cut)))).slice(0, 3)).toEqual(events);
});

test('lines of data are joined, one space is left out, other fields are passed over', async () => {
  expect(await all(inPieces('id: 7\nretry: 10\nother\ndata:  a\ndata:b\ndata\n\n'))).toEqual([{ name: 'message', data: ' a\nb\n' }]);
});

test('what the end cuts off is no event', async () => {
  expect(await all(inPieces('event: next\ndata: {}\n\nevent: next\ndata: {"half":'))).toEqual([{ name: 'next', data: '{}' }]);
  expect(await all(inPieces('data: all but the empty line\n'))).toEqual([]);
});

test('a body is let go of when nobody reads on', async () => {
  let canceled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (to) => to.enqueue(new TextEncoder().encode('data: again\n\n')),
    cancel: () => void (canceled = true),
  });
  for await (const event of readEvents(body)) {
    expect(event.data).toBe('again');
    break;
  }
  expect(canceled).toBe(true);
});
