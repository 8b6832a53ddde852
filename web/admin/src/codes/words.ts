import type { IconName, Tone } from '@factordesk/shared';
import type { ChallengeOptionKind, CodeEventKind, CodeOutcome, CodePurpose, CodeRowFragment } from '../gql/graphql';

interface Look {
  tone: Tone;
  icon?: IconName;
  words: string;
}

/** What became of a code, in colour, shape and words. */
export const outcomes: Record<CodeOutcome, Look> = {
  PENDING: { tone: 'busy', words: 'Pending' },
  DELIVERED_NOT_ENTERED: { tone: 'neutral', icon: 'arrowRight', words: 'Delivered, not entered' },
  ENTERED: { tone: 'good', words: 'Entered' },
  WRONG: { tone: 'warn', words: 'Wrong code' },
  EXPIRED: { tone: 'neutral', words: 'Expired' },
  UNDELIVERED: { tone: 'bad', icon: 'undo', words: 'Undelivered' },
  NOT_ANSWERED: { tone: 'bad', icon: 'call', words: 'Not answered' },
  REFUSED: { tone: 'bad', words: 'Refused' },
  UNKNOWN: { tone: 'warn', icon: 'question', words: 'Unknown' },
};

/** Nobody types a test message: it has arrived, and that is all. */
const arrived: Look = { tone: 'good', words: 'Delivered' };

export const outcomeOf = ({ purpose, outcome }: Pick<CodeRowFragment, 'purpose' | 'outcome'>): Look =>
  purpose === 'TEST' && outcome === 'DELIVERED_NOT_ENTERED' ? arrived : outcomes[outcome];

export const purposes: Record<CodePurpose, string> = {
  SIGN_IN: 'signing in',
  STEP_UP: 'confirming it’s them',
  EMAIL_VERIFICATION: 'proving an email address',
  PASSWORD_RESET: 'choosing a new password',
  INVITATION: 'joining the staff',
  NEW_DEVICE: 'confirming a new device',
  TEST: 'a test by staff',
};

export const channels: Record<ChallengeOptionKind, { code: string; test: string; icon: IconName }> = {
  SMS: { code: 'Code by text', test: 'Test message by text', icon: 'text' },
  VOICE: { code: 'Code by call', test: 'Test message by call', icon: 'call' },
  EMAIL: { code: 'Code by mail', test: 'Test message by mail', icon: 'mail' },
  AUTHENTICATOR_APP: { code: 'Code from the app', test: 'Test of the app', icon: 'key' },
  BACKUP_CODE: { code: 'Backup code', test: 'Test of a backup code', icon: 'list' },
};

/** `Code by text to +1 202-555-0101` */
export function whatOf({ purpose, channel, to }: Pick<CodeRowFragment, 'purpose' | 'channel' | 'to'>): string {
  const what = channels[channel][purpose === 'TEST' ? 'test' : 'code'];
  return to ? `${what} to ${to}` : what;
}

export const events: Record<CodeEventKind, string> = {
  REQUESTED: 'Asked for',
  PASSED_OVER: 'An account could not send it, and the next was asked',
  ACCEPTED: 'Accepted by Twilio',
  REFUSED: 'Refused by Twilio',
  NO_REPLY: 'No answer from Twilio, so nobody knew whether it left',
  NEVER_LEFT: 'Twilio turned out not to have it',
  SENT: 'Sent on its way',
  DELIVERED: 'Delivered',
  UNDELIVERED: 'Not delivered',
  FAILED: 'Failed: it could not be sent',
  CANCELED: 'Canceled',
  RINGING: 'The phone rang',
  ANSWERED: 'The call was picked up',
  BUSY: 'The line was busy',
  NO_ANSWER: 'Nobody picked up',
  VOICEMAIL: 'A voicemail or a fax picked up, so no code was said',
  KEY_PRESSED: 'A key was pressed, and the code was said',
  HUNG_UP: 'The call was over',
  WRONG: 'A wrong code was typed',
  TYPED_LATE: 'It was typed too late',
  TYPED_OLDER: 'It was typed, and a newer code had taken its place',
  ENTERED: 'Entered, and right',
  SUPERSEDED: 'A newer code took its place',
  EXPIRED: 'Its time was over',
};
