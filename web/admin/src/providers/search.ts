/** Which provider is being edited, as the address keeps it: its id, or `new` for one that is not there yet. */
export interface ProvidersSearch {
  edit?: string;
}

/** Reads an address; what it does not understand is left out. */
export const parseSearch = ({ edit }: Record<string, unknown>): ProvidersSearch =>
  typeof edit === 'string' && /^(new|prv_\w+)$/.test(edit) ? { edit } : {};
