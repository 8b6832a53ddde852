/** What of some is not among others. */
export const without = <T>(some: readonly T[], others: readonly T[]): T[] => some.filter((one) => !others.includes(one));

export const same = <T>(one: readonly T[], other: readonly T[]): boolean => one.length === other.length && without(one, other).length === 0;

/** Puts what was put in and taken out by hand onto what is stored now. */
export const onto = <T>(base: readonly T[], typed: readonly T[], stored: readonly T[]): T[] => [
  ...stored.filter((one) => typed.includes(one) || !base.includes(one)),
  ...without(without(typed, base), stored),
];
