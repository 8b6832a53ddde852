import { expect, test } from 'vitest';
import type { HistoryPageFragment } from '../gql/graphql';
import { next, type Event, type Reading } from './reading';

const page = (cursors: string[], more: Partial<HistoryPageFragment> = {}, hasNextPage = false) =>
  ({
    unavailableReason: null,
    numbers: ['+1 202-555-0101'],
    asOf: '2026-01-02T03:04:05Z',
    stale: false,
    staleReason: null,
    messages: { edges: cursors.map((cursor) => ({ cursor })), pageInfo: { hasNextPage } },
    ...more,
  }) as HistoryPageFragment;
const fault = { code: 'THROTTLED', message: 'Wait.', path: '' } as const;
const after = (...events: Event[]) => events.reduce(next, null as Reading | null);
const ask: Event = { type: 'ask', target: { from: 'profile' } };
const cursors = (reading: Reading | null) => reading?.history?.rows.map((r) => r.cursor);

test('older texts go below, and their staleness is their own', () => {
  const read = after(
    ask,
    { type: 'answer', page: page(['a', 'b'], {}, true) },
    { type: 'askOlder' },
    { type: 'answer', page: page(['c'], { stale: true, staleReason: 'Twilio is down.' }) },
  );
  expect(cursors(read)).toEqual(['a', 'b', 'c']);
  expect(read?.history).toMatchObject({ staleReason: null, olderStaleReason: 'Twilio is down.', hasOlder: false });
});

test('the newest take the place of what was read', () => {
  const read = after(ask, { type: 'answer', page: page(['b']) }, { type: 'askAgain' }, { type: 'answer', page: page(['a', 'b']) });
  expect(cursors(read)).toEqual(['a', 'b']);
});

test('what was read stays when more is refused, and goes when others are asked for', () => {
  const refused = after(ask, { type: 'answer', page: page(['a'], {}, true) }, { type: 'askOlder' }, { type: 'refusal', fault });
  expect(cursors(refused)).toEqual(['a']);
  expect(refused?.fault).toEqual({ fault, asked: 'older' });
  const other = next(refused, { type: 'ask', target: { from: 'anywhere', number: '+12025550123' } });
  expect(other).toEqual({ target: { from: 'anywhere', number: '+12025550123' }, busy: 'first' });
});

test('no history is not an empty one', () => {
  const uat = after(ask, { type: 'answer', page: page([], { unavailableReason: 'UNAVAILABLE_IN_UAT', messages: null }) });
  expect(uat?.history).toMatchObject({ unavailableReason: 'UNAVAILABLE_IN_UAT', rows: [] });
});

test('a stale answer without a reason says so all the same', () => {
  expect(after(ask, { type: 'answer', page: page([], { stale: true }) })?.history?.staleReason).toMatch(/Twilio did not answer/);
});
