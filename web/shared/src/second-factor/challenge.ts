import type { Fault } from '../api/fault';
import type { ChallengePartsFragment } from '../gql/graphql';

export type Challenge = ChallengePartsFragment;
export type Option = Challenge['options'][number];
export type Delivery = NonNullable<Challenge['delivery']>;

/** The sending of a code by an option. */
export interface Sending {
  /** Sends one; a call says it without a key where that is asked for. */
  send(option: Option, withoutKey?: boolean): void;
  /** Sends the same as before, which was refused. */
  again(): void;
  busy: boolean;
  fault: Fault | undefined;
}
