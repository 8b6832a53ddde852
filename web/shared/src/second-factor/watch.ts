/** How long after a code was sent it is asked after most often, and for how long at all, in ms. */
const EAGER_MS = 30_000;
const LONGEST_MS = 120_000;

/** Returns in how many ms to ask again what became of a code that was sent so many ms ago; null for never. */
export function pause(elapsed: number): number | null {
  if (elapsed >= LONGEST_MS) return null;
  return elapsed < EAGER_MS ? 2_000 : 5_000;
}

/**
 * Asks again and again what became of a code, while the page is seen, until `ask` answers that there is no more to
 * learn or the code is old. An `ask` that fails counts as one that learned nothing. Returns what ends it.
 */
export function watch(ask: () => Promise<boolean>, elapsed: () => number, page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'> = document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    over = true;
    page.removeEventListener('visibilitychange', seen);
  };
  let over = false;
  const plan = () => {
    const wait = pause(elapsed());
    if (wait === null) stop();
    else if (!over && page.visibilityState === 'visible') timer = setTimeout(() => void turn(), wait);
  };
  const turn = async () => {
    asking = true;
    const more = await ask().catch(() => true);
    asking = false;
    if (more) plan();
    else stop();
  };
  const seen = () => {
    clearTimeout(timer);
    timer = undefined;
    if (asking || page.visibilityState !== 'visible') return;
    if (pause(elapsed()) === null) stop();
    else void turn();
  };
  page.addEventListener('visibilitychange', seen);
  plan();
  return stop;
}
