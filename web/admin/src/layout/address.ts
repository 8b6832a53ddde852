/** What an address holds under a name: the router takes digits for a number, and what is looked for may be digits. */
export const held = (given: unknown): string | undefined =>
  (typeof given === 'string' || typeof given === 'number') && given !== '' ? String(given) : undefined;
