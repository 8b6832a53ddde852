let ahead = 0;

/** Learns from the head of an answer what time it is at the server. */
export function learnTime(answer: Response): void {
  const at = Date.parse(answer.headers.get('Date') ?? '');
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

/** The time at the server in ms since 1970, to a second: the clock of a browser may be wrong. */
export const serverNow = (): number => Date.now() + ahead;
