import type { ChallengeOptionKind } from '../gql/graphql';
import type { IconName } from '../parts/Icon';

export const icons: Record<ChallengeOptionKind, IconName> = {
  SMS: 'text',
  VOICE: 'call',
  EMAIL: 'mail',
  AUTHENTICATOR_APP: 'device',
  BACKUP_CODE: 'key',
};

/** Whether the code of a kind has to be sent first. */
export const isSent = (kind: ChallengeOptionKind) => kind === 'SMS' || kind === 'VOICE' || kind === 'EMAIL';
