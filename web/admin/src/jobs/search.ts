/** What of the jobs is shown, as the address keeps it. */
export interface JobsSearch {
  state?: 'WAITING' | 'GIVEN_UP';
  after?: string;
}

/** Reads an address; what it does not understand is left out. */
export const parseSearch = ({ state, after }: Record<string, unknown>): JobsSearch => ({
  ...(state === 'WAITING' || state === 'GIVEN_UP' ? { state } : {}),
  ...(typeof after === 'string' && after !== '' ? { after } : {}),
});
