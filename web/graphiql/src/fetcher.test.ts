import { parse } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';
import { fetcher } from './fetcher';

afterEach(() => vi.unstubAllGlobals());

function answerWith(body: string, init?: ResponseInit) {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(() => Promise.resolve(new Response(body, init)));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

test('a query goes as JSON to this origin, with the headers of the Headers field', async () => {
  const fetch = answerWith('{"data":{"viewer":null}}');

  const answer = await fetcher(
    { query: '{ viewer { id } }', variables: { a: 1 } },
    { headers: { 'Factordesk-Client': 'admin' } },
  );

  expect(answer).toEqual({ data: { viewer: null } });
  const [url, init] = fetch.mock.calls[0]!;
  expect(url).toBe('/graphql');
  expect(init).toMatchObject({
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'Factordesk-Client': 'admin' },
  });
  expect(JSON.parse(init.body as string)).toEqual({ query: '{ viewer { id } }', variables: { a: 1 } });
});

test('an answer that is not JSON is shown as an error', async () => {
  answerWith('<h1>Bad gateway</h1>', { status: 502 });

  expect(await fetcher({ query: '{ viewer { id } }' })).toEqual({
    errors: [{ message: '/graphql answered 502 without JSON: <h1>Bad gateway</h1>' }],
  });
});

test('a subscription is read as server-sent events', async () => {
  const query = 'subscription { tick }';
  const fetch = answerWith(
    ':\n\nevent: next\ndata: {"data":{"tick":1}}\n\nevent: next\ndata: {"data":{"tick":2}}\n\nevent: complete\n\n',
    { headers: { 'Content-Type': 'text/event-stream' } },
  );

  const seen = [];
  const events = (await fetcher({ query }, { documentAST: parse(query) })) as AsyncIterable<unknown>;
  for await (const event of events) seen.push(event);

  expect(seen).toEqual([{ data: { tick: 1 } }, { data: { tick: 2 } }]);
  expect(fetch.mock.calls[0]![1].headers).toMatchObject({ accept: 'text/event-stream' });
});
