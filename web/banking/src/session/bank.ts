const KEY = 'factordesk-bank';

/** What an institution's short name may look like. */
const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The short name of the bank: as a link to this page gives it, or as this browser signed in the last time. */
export function bank(): string {
  const given = new URLSearchParams(location.search).get('institution') ?? localStorage.getItem(KEY) ?? '';
  return SLUG.test(given) ? given : '';
}

/** Keeps a bank for the next sign-in in this browser. It is no secret: links name it. */
export const rememberBank = (slug: string): void => localStorage.setItem(KEY, slug);
