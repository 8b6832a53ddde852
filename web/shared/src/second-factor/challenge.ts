import type { Fault } from '../api/fault';
import type { ChallengePartsFragment } from '../gql/graphql';

export type Challenge = ChallengePartsFragment;
export type Option = Challenge['options'][number];

/** The sending of a code by an option. */
export interface Sending {
  send(option: Option): void;
  busy: boolean;
  fault: Fault | undefined;
}
