/** A page that is missing again so soon after it was loaded anew is not loaded anew by itself. */
const SOON_MS = 20_000;
const KEY = 'factordesk-loaded-again';

/** Loads the page anew, unless that was just done and did not help; reports whether it does. */
export function reloadOnce(): boolean {
  if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < SOON_MS) return false;
  sessionStorage.setItem(KEY, String(Date.now()));
  location.reload();
  return true;
}
