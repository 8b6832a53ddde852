import type { BackupCodePurpose, BackupCodeStatus, Handover, IdentityCheck, UserStatus } from '../gql/graphql';

interface Choice {
  label: string;
  hint: string;
}

/** What codes are made for. */
export const purposes: Record<BackupCodePurpose, Choice> = {
  LOCKOUT: { label: 'Locked out', hint: 'The user has a second factor but can’t use it now.' },
  ENROLLMENT: { label: 'Enrolment', hint: 'The user is setting up sign-in and can’t get codes by phone.' },
};

/** How staff made sure of the person. */
export const identityChecks: Record<IdentityCheck, Choice> = {
  IN_PERSON: { label: 'In person', hint: 'The person stands before you and you know them.' },
  CALL_BACK: { label: 'Call-back', hint: 'You hung up and called a number on file yourself.' },
  DOCUMENT: { label: 'Identity document', hint: 'You checked a passport, driving licence or identity card.' },
  CALLER_CHECK: { label: 'Caller check', hint: 'The caller answered a challenge to a registered device.' },
};

/** The checks that staff can have made. */
export const offeredChecks: Partial<typeof identityChecks> = (({ IN_PERSON, CALL_BACK, DOCUMENT }) => ({ IN_PERSON, CALL_BACK, DOCUMENT }))(identityChecks);

/** What codes are made for: enrolment is for those who have not enrolled. */
export const purposesFor = (status: UserStatus): Partial<typeof purposes> =>
  status === 'REGISTERED' || status === 'ENROLLING' ? purposes : { LOCKOUT: purposes.LOCKOUT };

/** How codes reach the user. */
export const handovers: Record<Handover, Choice> = {
  IN_PERSON: { label: 'In person', hint: 'On paper or read out, face to face. You can print the codes.' },
  PHONE_CALL: { label: 'Phone call', hint: 'Read out on a call that you make to a number on file.' },
};

/** What became of a code. */
export const statuses: Record<BackupCodeStatus, string> = {
  UNUSED: 'unused',
  USED: 'used',
  VOIDED: 'void',
  EXPIRED: 'expired',
};
