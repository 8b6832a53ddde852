import type { Fault, FaultCode } from '../api/fault';
import type { ChallengeOptionKind, Environment, UnavailableReason } from '../gql/graphql';

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
  password: {
    forgot: 'Forgot your password?',
    forgotLead: 'We mail you a link by which you choose a new one.',
    ask: 'Mail me a link',
    askedTitle: 'Look into your mailbox',
    asked: 'If there is such an account, a link is on its way to its address. It works once, for an hour.',
    back: 'Back to signing in',
    resetTitle: 'Choose a new password',
    resetLead: 'Then we ask for a code, as at each sign-in. Your password changes once it is entered.',
    resetExpired: 'Such a link works once, for an hour. Ask for another one where you sign in.',
    next: 'New password',
    rules: '12 characters or more, and hard to guess: four words that don’t belong together are easy to keep in mind.',
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
    sent: {
      SMS: 'We sent you a text with a code.',
      VOICE: 'We are calling you to read out a code.',
      EMAIL: 'We sent you an email with a code.',
      AUTHENTICATOR_APP: 'Enter the code that your app shows.',
      BACKUP_CODE: 'Enter one of your backup codes. Each works once.',
    } satisfies Record<ChallengeOptionKind, string>,
    code: 'Code',
    codeHint: '6 digits',
    backupHint: '15 letters and digits; hyphens and case don’t matter',
    verify: 'Continue',
    resend: 'Send another code',
    resendIn: (seconds: number) => `You can ask for another code in ${seconds} s.`,
    otherWay: 'Use another way',
    unavailableTitle: 'Not available now',
    reason: {
      NOT_PERMITTED: 'Your institution does not allow it.',
      UNCONFIRMED: 'It was added and never confirmed.',
      PAUSED: 'Paused after wrong codes. It opens again in a while.',
      DISABLED: 'Switched off after too many wrong codes.',
      NONE_LEFT: 'None is left that works.',
      SAME_CHANNEL: 'The link that brought you here came by email, too.',
    } satisfies Record<UnavailableReason, string>,
    noCodeTitle: 'No code came?',
    refusedTitle: 'Your code is not taken?',
    trouble: {
      SMS: 'A text can take a minute, and needs a signal. If none comes, ask for another code or use another way.',
      VOICE: 'Let it ring, and answer calls of numbers that you don’t know. If no call comes, ask for another code or use another way.',
      EMAIL: 'Look among unwanted mail too. If none comes, ask for another code or use another way.',
      AUTHENTICATOR_APP: 'Set the clock of your phone to automatic: codes go by it. Each code is taken once; wait for the next.',
      BACKUP_CODE: 'A code that was used is good no longer, nor are older codes once newer ones were made.',
    } satisfies Record<ChallengeOptionKind, string>,
    noWayTitle: 'None of your ways works now',
    callBank: 'If you get no further, call your institution. They can help you in.',
    startOver: 'Start again',
  },
};

export type Text = typeof en;
