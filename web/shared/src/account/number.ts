/**
 * A telephone number as people write it, in E.164: without its spaces and marks, 00 for +, and ten digits alone as a
 * number of North America. Null for what can be none. The server has the last word.
 */
export function toE164(typed: string): string | null {
  const bare = typed.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
  const whole = /^[2-9]\d{9}$/.test(bare) ? `+1${bare}` : bare.replace(/^1(?=[2-9]\d{9}$)/, '+1');
  return /^\+[1-9]\d{6,14}$/.test(whole) ? whole : null;
}
