/** How many characters a reason may have. */
export const MAX_REASON = 500;

/** How long a reason is to the server: in characters, without outer spaces. */
export const reasonLength = (reason: string): number => [...reason.trim()].length;

/** What is wrong with a reason; undefined if nothing is. */
export function reasonFault(reason: string): string | undefined {
  const length = reasonLength(reason);
  if (length === 0) return 'Say why, in a few words';
  if (length > MAX_REASON) return `Shorten the reason to ${MAX_REASON} characters`;
  return undefined;
}
