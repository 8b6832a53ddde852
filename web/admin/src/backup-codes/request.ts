import type { BackupCodePurpose, Handover, IdentityCheck } from '../gql/graphql';
import { reasonFault } from './reason';

/** What staff state before codes are made, as far as they have. */
export interface Request {
  purpose?: BackupCodePurpose;
  identityCheck?: IdentityCheck;
  reason: string;
  handover?: Handover;
}

/** What is wrong with a form, by field. */
export type Wrong = Partial<Record<keyof Request, string>>;

/** What is missing before codes can be prepared. */
export function wrongWith({ purpose, identityCheck, reason }: Request): Wrong {
  const wrong: Wrong = {};
  if (!purpose) wrong.purpose = 'Choose what the codes are for';
  if (!identityCheck) wrong.identityCheck = 'Choose how you made sure of the person';
  const why = reasonFault(reason);
  if (why) wrong.reason = why;
  return wrong;
}
