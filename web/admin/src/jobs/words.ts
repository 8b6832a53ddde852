import type { JobQueue, ShownJobFragment } from '../gql/graphql';

const kinds: Record<string, string> = { SEND_NOTICE: 'Tell the user what happened' };

const ways: Record<JobQueue, string> = {
  MAIL: 'by email',
  PHONE: 'by text or call',
  CHECKS: 'a look at Twilio',
  REGISTRATIONS: 'a registration at Twilio',
};

/** What a job does, in a phrase. */
export const what = ({ kind, queue }: Pick<ShownJobFragment, 'kind' | 'queue'>): string => `${kinds[kind] ?? kind}, ${ways[queue]}`;

const reasons: Record<string, string> = {
  UNKNOWN: 'Nobody knows whether it arrived: there was no answer, so it was not sent a second time.',
  DROPPED: 'Somebody gave it up.',
  PROVIDER_ERROR: 'Twilio refused it.',
  PROVIDER_UNAVAILABLE: 'The mail server or Twilio could not be reached for a week.',
  TIMEOUT: 'There was no answer in time for a week.',
  THROTTLED: 'The daily limit was used up, or Twilio asked to wait, for a week.',
};

/** Why a job was given up, in a sentence. */
export const why = (reason: string): string => reasons[reason] ?? `It failed again and again for a week (${reason}).`;
