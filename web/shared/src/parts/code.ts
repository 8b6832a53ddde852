/** Marks that come along with what is copied and can't be seen, such as those of the direction of writing. */
const invisible = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;

/** A code as it is meant, however it was typed or pasted: without spaces, hyphens and dashes, in plain digits and letters. */
export const bareCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, plainDigit)
    .replace(invisible, '')
    .replace(/[\s\p{Pd}\u2212]/gu, '');

/** Every script has its ten digits in a row, from a code point whose last digit in base 16 is 0 or 6. */
function plainDigit(digit: string): string {
  const at = digit.codePointAt(0) as number;
  let zero = at;
  while (at - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(at - zero);
}
