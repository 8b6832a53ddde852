import { useEffect, useRef } from 'react';

/** How long a page may take to have its heading. */
const PATIENCE_MS = 10_000;

/**
 * Puts the focus on the heading of a page that was navigated to, once it is there, so that it is read out and the next
 * Tab goes on from it; not on the first page, nor where something of the page has taken it.
 */
export function useFocusHeading(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const main = document.getElementById('main');
    if (!main) return;
    const focus = (): boolean => {
      const heading = main.querySelector<HTMLElement>('h1');
      if (!heading) return false;
      if (main === document.activeElement || !main.contains(document.activeElement)) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      return true;
    };
    // The page before may stand until this one has come.
    const watch = new MutationObserver(() => {
      if (focus()) watch.disconnect();
    });
    const start = setTimeout(() => !focus() && watch.observe(main, { childList: true, subtree: true }));
    const stop = setTimeout(() => watch.disconnect(), PATIENCE_MS);
    return () => {
      clearTimeout(start);
      clearTimeout(stop);
      watch.disconnect();
    };
  }, [path]);
}
