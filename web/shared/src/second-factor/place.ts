import { useCallback, useEffect, useState } from 'react';

/**
 * Where a sign-in stands. It is kept with the entry of the tab's history, so that reloading finds it again and Back
 * leads a step back; never in an address or a storage that other tabs see.
 */
export interface Place {
  /** The id of the challenge. */
  challenge: string;
  /** The option whose code is asked for. */
  option?: string;
  /** How many steps Back it is to the password. */
  depth: number;
}

const KEY = 'signIn';

const read = (): Place | null => (history.state as { [KEY]?: Place } | null)?.[KEY] ?? null;

export interface Steps {
  place: Place | null;
  /** Goes a step on. */
  push(to: Omit<Place, 'depth'>): void;
  /** Puts another place where the first one after the password was. */
  restart(challenge: string): Promise<void>;
  /** Goes back to so many steps after the password. */
  back(depth: number): Promise<void>;
}

/** Where the sign-in of this page stands. What is not `kept` is lost with the page, and Back leads away from it. */
export function useSteps(kept: boolean): Steps {
  const [place, setPlace] = useState<Place | null>(() => (kept ? read() : null));
  useEffect(() => {
    if (!kept) return;
    const moved = () => setPlace(read());
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, [kept]);

  const push = useCallback(
    (to: Omit<Place, 'depth'>) => {
      const next = { ...to, depth: (place?.depth ?? 0) + 1 };
      if (kept) history.pushState({ [KEY]: next }, '');
      setPlace(next);
    },
    [kept, place],
  );
  const back = useCallback(
    async (depth: number) => {
      if (!place || place.depth <= depth) return;
      if (kept) await traverse(depth - place.depth);
      setPlace(depth === 0 ? null : { challenge: place.challenge, depth });
    },
    [kept, place],
  );
  const restart = useCallback(
    async (challenge: string) => {
      await back(1);
      const next = { challenge, depth: 1 };
      if (kept) history.replaceState({ [KEY]: next }, '');
      setPlace(next);
    },
    [back, kept],
  );
  return { place, push, back, restart };
}

/** Resolves once the history stands so many entries further, or soon if it has none there. */
function traverse(by: number): Promise<void> {
  return new Promise((arrived) => {
    addEventListener('popstate', () => arrived(), { once: true });
    setTimeout(arrived, 500);
    history.go(by);
  });
}
