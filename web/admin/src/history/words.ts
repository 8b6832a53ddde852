import type { IconName, Tone } from '@factordesk/shared';
import type { FixableBy, NotificationKind, NotificationStatus } from '../gql/graphql';

/** How each status looks and reads. No two have the same shape. */
export const statuses: Record<NotificationStatus, { tone: Tone; icon: IconName; words: string }> = {
  PENDING: { tone: 'busy', icon: 'clock', words: 'Pending' },
  SENT: { tone: 'busy', icon: 'arrowRight', words: 'Sent' },
  DELIVERY_UNKNOWN: { tone: 'warn', icon: 'question', words: 'Delivery unknown' },
  DELIVERED: { tone: 'good', icon: 'check', words: 'Delivered' },
  UNDELIVERED: { tone: 'bad', icon: 'undo', words: 'Undelivered' },
  FAILED: { tone: 'bad', icon: 'cross', words: 'Failed' },
  CANCELED: { tone: 'neutral', icon: 'dash', words: 'Canceled' },
};

export const kinds: Record<NotificationKind, string> = {
  VERIFICATION_CODE: 'Code',
  SECURITY_NOTICE: 'Security notice',
  ALERT: 'Alert',
};

const fixers: Record<FixableBy, string> = {
  CUSTOMER: 'the customer',
  STAFF: 'support staff',
  INSTITUTION_ADMIN: 'an administrator of your institution',
  PROVIDER: 'Twilio',
  CARRIER: 'the mobile carrier',
};

const list = new Intl.ListFormat('en', { type: 'disjunction' });

/** `The customer or support staff`; who can mend a failure, as a sentence's beginning. */
export function whoCanFix(who: FixableBy[]): string {
  if (who.length === 0) return 'Nobody we know of';
  const words = list.format(who.map((w) => fixers[w]));
  return words[0]?.toUpperCase() + words.slice(1);
}

/** A masked text in pieces, those that stand for a hidden code apart. */
export const pieces = (body: string): { text: string; hidden: boolean }[] =>
  body
    .split(/(•+)/)
    .filter((text) => text !== '')
    .map((text) => ({ text, hidden: text.startsWith('•') }));
