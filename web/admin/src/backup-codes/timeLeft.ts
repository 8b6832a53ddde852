/** How long a confirmation lasts. */
const LIFETIME_SECONDS = 5 * 60;

/**
 * How many seconds a confirmation that came just now has left. Where this machine's clock is off, the time that
 * the API promises counts; the server judges in the end.
 */
export function secondsLeft(expiresAt: string, now: number): number {
  const left = Math.floor((Date.parse(expiresAt) - now) / 1000);
  return left > 0 && left <= LIFETIME_SECONDS ? left : LIFETIME_SECONDS;
}

/** `4:05` */
export const minutes = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
