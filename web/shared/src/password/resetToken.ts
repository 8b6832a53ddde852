/**
 * Takes the token of a link to a page out of the address, where it follows the `#` and so was never sent.
 * From then on it is in the page's memory alone; null if there is none.
 */
export function takeToken(page: 'reset-password' | 'invitation'): string | null {
  const { pathname, hash } = location;
  if (!pathname.endsWith(`/${page}`) || hash.length < 2) return null;
  history.replaceState(null, '', pathname);
  return hash.slice(1);
}
