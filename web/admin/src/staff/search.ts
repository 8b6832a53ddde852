import { held } from '../layout/address';

/** What the address of a list of staff says. Pages go by cursor: `after` is the place after which it begins. */
export interface StaffSearch {
  search?: string;
  after?: string;
}

/** Reads an address, and passes over what makes no sense. */
export const parseSearch = (given: Record<string, unknown>): StaffSearch => ({ search: held(given.search), after: held(given.after) });
