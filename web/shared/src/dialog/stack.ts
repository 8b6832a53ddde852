import { useId, useLayoutEffect, useSyncExternalStore } from 'react';

/** The dialogs that are open on the page, in the order in which they were opened. */
let open: readonly string[] = [];
const watchers = new Set<() => void>();

function set(next: readonly string[]): void {
  open = next;
  // At once, and not by React: what a dialog led to takes the focus as the dialog goes.
  document.getElementById('page')?.toggleAttribute('inert', open.length > 0);
  for (const watch of watchers) watch();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/**
 * Puts a dialog on top of those that are open, for as long as it is itself; the page is out of reach meanwhile.
 * Returns how many are below it and how many above.
 */
export function usePlace(opened: boolean): { below: number; above: number } {
  const id = useId();
  useLayoutEffect(() => {
    if (!opened) return;
    set([...open, id]);
    return () => set(open.filter((other) => other !== id));
  }, [opened, id]);
  const all = useSyncExternalStore(watch, () => open);
  const place = all.indexOf(id);
  return { below: Math.max(place, 0), above: place < 0 ? 0 : all.length - place - 1 };
}
