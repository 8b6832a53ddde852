/** The word for every character that a code may have: Crockford's Base32, which has no I, L, O and U. */
export const words: Record<string, string> = {
  0: 'zero', 1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine',
  A: 'Alfa', B: 'Bravo', C: 'Charlie', D: 'Delta', E: 'Echo', F: 'Foxtrot', G: 'Golf', H: 'Hotel', J: 'Juliett',
  K: 'Kilo', M: 'Mike', N: 'November', P: 'Papa', Q: 'Quebec', R: 'Romeo', S: 'Sierra', T: 'Tango', V: 'Victor',
  W: 'Whiskey', X: 'X-ray', Y: 'Yankee', Z: 'Zulu',
};

export interface Spelled {
  character: string;
  word: string;
}

/** How a code is read out: its groups, each character with its word. */
export const spell = (code: string): Spelled[][] =>
  code.split('-').map((group) => [...group].map((character) => ({ character, word: words[character] ?? character })));
