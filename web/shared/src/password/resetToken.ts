/**
 * Takes the token of a link for a new password out of the address, where it follows the `#` and so was never sent.
 * From then on it is in the page's memory alone; null if there is none.
 */
export function takeResetToken(): string | null {
  const { pathname, hash } = location;
  if (!pathname.endsWith('/reset-password') || hash.length < 2) return null;
  history.replaceState(null, '', pathname);
  return hash.slice(1);
}
