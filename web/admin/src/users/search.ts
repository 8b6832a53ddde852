import type { UserKind } from '../gql/graphql';
import { held } from '../layout/address';

/** What the address of the list says. Pages go by cursor: `after` is the place after which it begins. */
export interface UsersSearch {
  search?: string;
  kind?: UserKind;
  after?: string;
}

/** Reads an address, and passes over what makes no sense. */
export const parseSearch = (given: Record<string, unknown>): UsersSearch => ({
  search: held(given.search),
  kind: given.kind === 'CUSTOMER' || given.kind === 'STAFF' ? given.kind : undefined,
  after: held(given.after),
});
