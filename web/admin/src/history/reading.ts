import type { Fault } from '@factordesk/shared';
import type { HistoryPageFragment } from '../gql/graphql';

/** Whose texts are read: those to the numbers of a profile, to one of them, or to any number typed in. */
export type Target = { from: 'profile'; number?: string } | { from: 'anywhere'; number: string };

export type Row = NonNullable<HistoryPageFragment['messages']>['edges'][number];

/** What is known of the texts to a target, and what is being asked. */
export interface Reading {
  target: Target;
  /** Which pages are being read: the newest for the first time or again, or the next older. */
  busy?: 'first' | 'again' | 'older';
  /** Why the last request was refused or not answered, and which it was. */
  fault?: { fault: Fault; asked: 'first' | 'older' };
  /** What was read; nothing before the first answer. */
  history?: {
    unavailableReason: string | null;
    /** The numbers as people read them, whichever way they were typed. */
    numbers: string[];
    asOf: string | null;
    /** Why Twilio did not answer for the newest texts. */
    staleReason: string | null;
    /** Why Twilio did not answer for older texts, of which some may be missing. */
    olderStaleReason: string | null;
    rows: Row[];
    hasOlder: boolean;
  };
}

export type Event =
  | { type: 'ask'; target: Target }
  | { type: 'askAgain' }
  | { type: 'askOlder' }
  | { type: 'answer'; page: HistoryPageFragment }
  | { type: 'refusal'; fault: Fault };

const NO_REASON = 'Twilio did not answer. This is what the log has.';

/** What an event makes of a reading; null is one that was never begun. */
export function next(reading: Reading | null, event: Event): Reading | null {
  if (event.type === 'ask') return { target: event.target, busy: 'first' };
  if (!reading) return null;
  switch (event.type) {
    case 'askAgain':
      return { ...reading, busy: reading.history ? 'again' : 'first', fault: undefined };
    case 'askOlder':
      return { ...reading, busy: 'older', fault: undefined };
    case 'refusal':
      return { ...reading, busy: undefined, fault: { fault: event.fault, asked: reading.busy === 'older' ? 'older' : 'first' } };
    case 'answer':
      return { target: reading.target, history: reading.busy === 'older' ? older(reading.history, event.page) : newest(event.page) };
  }
}

function newest(page: HistoryPageFragment): Reading['history'] {
  return {
    unavailableReason: page.unavailableReason,
    numbers: page.numbers,
    asOf: page.asOf,
    staleReason: staleReason(page),
    olderStaleReason: null,
    rows: page.messages?.edges ?? [],
    hasOlder: page.messages?.pageInfo.hasNextPage ?? false,
  };
}

function older(history: Reading['history'], page: HistoryPageFragment): Reading['history'] {
  if (!history) return newest(page);
  return {
    ...history,
    olderStaleReason: staleReason(page) ?? history.olderStaleReason,
    rows: [...history.rows, ...(page.messages?.edges ?? [])],
    hasOlder: page.messages?.pageInfo.hasNextPage ?? false,
  };
}

const staleReason = (page: HistoryPageFragment) => (page.stale ? (page.staleReason ?? NO_REASON) : null);
