import type { Fault, FaultCode } from '../api/fault';
import type { ChallengeOptionKind, Environment } from '../gql/graphql';

/** What no server said. */
const ownFaults: Partial<Record<FaultCode, string>> = {
  UNREACHABLE: 'There was no answer. Nothing is known of what you asked for; look before you try again.',
  OFFLINE: 'This browser is offline. Nothing was sent.',
};

/** Every word of the shared parts, in English. Another language is another object of this type. */
export const en = {
  /** The language, as `lang` names it. */
  language: 'en',
  product: 'Factordesk',
  loading: 'Loading',
  retry: 'Try again',
  retryIn: (seconds: number) => `Try again in ${seconds} s`,
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  faultTitle: {
    OFFLINE: 'You are offline',
    UNREACHABLE: 'No answer',
    THROTTLED: 'Too many tries',
    LOCKED: 'Locked',
    FORBIDDEN: 'Not allowed',
    TIMEOUT: 'That took too long',
    INTERNAL: 'Something went wrong',
    other: 'That did not work',
  },
  /** What a fault says: the server speaks English. */
  fault: (fault: Fault): string => ownFaults[fault.code] ?? fault.message,
  environment: {
    label: 'Environment',
    DEVELOPMENT: 'Development: nothing here is real',
    UAT: 'UAT: no texts or calls are sent; codes go by mail',
  } satisfies Record<Exclude<Environment, 'PRODUCTION'> | 'label', string>,
  offline: {
    label: 'Connection',
    message: 'You are offline. What you see may be out of date; nothing you do is sent.',
  },
  idle: {
    title: 'Are you still there?',
    unused: 'Nothing has been asked of the server for a while. Your session ends in',
    dayOver: 'Sessions last a working day at most. Yours ends in',
    stay: 'Stay signed in',
    know: 'I know',
  },
  sessionEnded: {
    windowTitle: 'Session ended',
    title: 'Your session has ended',
    lead: 'Sign in again to go on where you were. What you had typed is still there; nothing was sent.',
    leave: 'Sign in as somebody else',
  },
  signIn: {
    institution: 'Institution',
    institutionHint: 'The short name of your bank or credit union',
    username: 'Email address',
    password: 'Password',
    showPassword: 'Show or hide the password',
    submit: 'Sign in',
  },
  secondFactor: {
    title: 'Confirm it’s you',
    chooseTitle: 'How do you want to get your code?',
    send: {
      SMS: 'Text me a code',
      VOICE: 'Call me with a code',
      EMAIL: 'Email me a code',
      AUTHENTICATOR_APP: 'Use my app',
      BACKUP_CODE: 'Use a backup code',
    } satisfies Record<ChallengeOptionKind, string>,
    kind: {
      SMS: 'Text message',
      VOICE: 'Phone call',
      EMAIL: 'Email',
      AUTHENTICATOR_APP: 'Authenticator app',
      BACKUP_CODE: 'Backup code',
    } satisfies Record<ChallengeOptionKind, string>,
    sent: {
      SMS: (to: string) => `We sent a text with a code to ${to}.`,
      VOICE: (to: string) => `We are calling ${to} to read out a code.`,
      EMAIL: (to: string) => `We sent an email with a code to ${to}.`,
      AUTHENTICATOR_APP: () => 'Enter the code that your app shows.',
      BACKUP_CODE: () => 'Enter one of your backup codes. Each works once.',
    } satisfies Record<ChallengeOptionKind, (to: string) => string>,
    code: 'Code',
    codeHint: '6 digits',
    backupHint: '15 letters and digits; hyphens and case don’t matter',
    verify: 'Continue',
    resend: 'Send another code',
    resendIn: (seconds: number) => `You can ask for another code in ${seconds} s.`,
    resent: 'A new code is on its way. The one before no longer works.',
    otherWay: 'Use another way',
    late: 'Texts can take a minute. If nothing comes, ask for another code or use another way.',
    expired: 'This took too long. Start again.',
    startOver: 'Start again',
  },
};

export type Text = typeof en;
