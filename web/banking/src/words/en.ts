import { en as shared, type Challenge, type Words as SharedWords } from '@factordesk/shared';

/** Every word of the pages, in English. Another language is another object of this type. */
export const en = {
  ownName: 'English',
  language: 'Language',
  skip: 'Skip to the content',
  home: (bank: string) => `${bank}: security`,
  signOut: 'Sign out',
  /** The shared parts, in the words of a bank to its customers. */
  shared: {
    ...shared,
    product: 'Digital banking',
    signIn: {
      ...shared.signIn,
      institution: 'Bank or credit union',
      institutionHint: 'Its short name, as on its letters',
      unknownTitle: 'We don’t know this bank',
      unknown: 'The link that you followed, or the name that you typed, is no bank’s here. Look for the right one on a letter of your bank.',
    },
    secondFactor: {
      ...shared.secondFactor,
      reason: { ...shared.secondFactor.reason, NOT_PERMITTED: 'Your bank does not allow it.' },
      callBank: 'If you get no further, call your bank. They can help you in.',
    },
  } satisfies SharedWords,
  missing: { title: 'There is no such page', back: 'Go to security' },
  broken: {
    title: 'This page stopped working',
    lead: 'The fault is ours. Load it again; if it happens again, call your bank.',
    reload: 'Load again',
  },
  signIn: {
    register: 'New here? Register',
    otherBank: 'Not your bank?',
    steps: {
      BANK: { title: 'Sign in', lead: 'Which is your bank or credit union?' },
      PASSWORD: { title: 'Sign in', lead: 'Your password first, then a code.' },
      SECOND_FACTOR: { title: 'Confirm it’s you', lead: 'Your password was right. Now a code, so that it alone is never enough.' },
      STEP_UP: { title: 'Confirm it’s you', lead: 'What you are about to do wants a fresh code.' },
      EMAIL_VERIFICATION: { title: 'Confirm your address', lead: 'A code that we mail to you shows that it is yours.' },
      REGISTER: { title: 'Register', lead: 'For customers of the bank who have no access yet.' },
    } satisfies Record<Challenge['step'] | 'BANK' | 'PASSWORD' | 'REGISTER', { title: string; lead: string }>,
  },
  register: {
    firstName: 'First name',
    lastName: 'Last name',
    emailHint: 'You sign in with it.',
    phoneHint: 'For your codes. With its country code where it is of another country: +44 …',
    submit: 'Register',
    back: 'I have access already',
    acceptedTitle: 'Look into your mailbox',
    accepted: 'We wrote to your address. Sign in next, in this browser and within seven days: we will mail you a code.',
  },
  preferences: {
    title: 'Almost done',
    lead: 'One thing is left to choose. Then your access is ready.',
    language: 'Language',
    languageHint: 'In which we write and speak to you.',
    finish: 'Finish',
  },
  notices: {
    title: 'What to do next',
    act: 'Do it now',
  },
  security: {
    title: 'Security',
    devices: 'Your ways to get a code',
    devicesLead: 'At each sign-in we ask for a code from one of these.',
    noDevices: 'You have none yet. Your bank can help you in with a backup code.',
    sessions: 'Where you are signed in',
    sessionCount: (n: number) => (n === 1 ? 'Only here' : `In ${n} places`),
    account: 'Your account',
  },
  addDevice: {
    title: 'Add a way to get a code',
    lead: 'With two, you get in when one is lost.',
    add: 'Add another',
    app: 'Authenticator app',
    appHint: 'Works without a signal, and abroad',
    phone: 'Phone',
    phoneHint: 'By text, or by call to a landline',
    email: 'Email',
    emailHint: 'Only as safe as your mailbox',
  },
  messages: {
    title: 'Language of messages',
    lead: 'In which we write and speak to you: texts, calls, mails and these pages.',
    saved: 'Saved. It holds from the next message on.',
  },
  password: {
    row: 'Password',
    rowHint: 'Change it',
  },
  backupCodes: {
    title: 'Backup codes',
    hint: 'For when your phone is lost',
    lead: 'Codes on paper, for when you get no other. Each works once.',
    none: 'You have none of your own.',
    left: (left: number, total: number) => `${left} of ${total} are left.`,
    made: 'Made on',
    voids: 'New codes end those that you made before.',
    make: 'Make codes',
    again: 'Make new codes',
    notPermitted: 'Your bank does not offer codes to keep. If you lose your phone, it helps you in.',
    shownTitle: 'Your backup codes',
    shownLead: 'Write them down or print them, and keep them where you keep your papers.',
    shownOnce: 'They are shown this once. Nobody at your bank will ever ask you for one.',
    print: 'Print',
    kept: 'I have them',
  },
};

export type Words = typeof en;
