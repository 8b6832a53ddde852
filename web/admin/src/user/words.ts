import type { Tone } from '@factordesk/shared';
import type { CommunicationMethod, NumberType, UserKind, UserStatus } from '../gql/graphql';

export const numberTypeWords: Record<NumberType, string> = {
  MOBILE: 'Mobile',
  LANDLINE: 'Landline',
  VOIP: 'Internet phone (VoIP)',
};

/** A number type within a sentence. */
export const typeInSentence = (type: NumberType): string => numberTypeWords[type].replace(/^./, (c) => c.toLowerCase());

export const methodWords: Record<CommunicationMethod, string> = { TEXT: 'text', CALL: 'call' };

export const methodOf = (type: NumberType): CommunicationMethod => (type === 'MOBILE' ? 'TEXT' : 'CALL');

export const statusWords: Record<UserStatus, { tone: Tone; words: string }> = {
  REGISTERED: { tone: 'warn', words: 'Registered, not enrolled' },
  ENROLLING: { tone: 'busy', words: 'Enrolling' },
  ACTIVE: { tone: 'good', words: 'Active' },
  FROZEN: { tone: 'bad', words: 'Frozen' },
  CLOSED: { tone: 'neutral', words: 'Closed' },
};

/** Of an email address with which somebody registered: it may be another's. */
/** What is said of an address whose mail server refuses mail for it. */
export const mailRefused = 'Refuses mail';

export const notProved = 'Address not proved';

/** Of a staff user who left. */
export const disabled = 'Disabled: can’t sign in';

export const kindWords = ({ kind, adminLevel }: { kind: UserKind; adminLevel: boolean }): string =>
  kind === 'CUSTOMER' ? 'Customer' : adminLevel ? 'Staff, Admin level' : 'Staff';

export const fullName = ({ firstName, lastName }: { firstName: string; lastName: string }): string => `${firstName} ${lastName}`.trim();
