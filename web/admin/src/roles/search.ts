/** Which role is being edited, as the address keeps it: its id, or `new` for one that is not there yet. */
export interface RolesSearch {
  edit?: string;
}

/** Reads an address; what it does not understand is left out. */
export const parseSearch = ({ edit }: Record<string, unknown>): RolesSearch =>
  typeof edit === 'string' && /^(new|rol_\w+)$/.test(edit) ? { edit } : {};
