/** The links of a list's rows, from the top. */
const rows = (list: Element | null): HTMLAnchorElement[] => [...(list?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];

export const focusFirstRow = (list: Element | null): void => rows(list)[0]?.focus();

/** Moves the focus among the rows by the arrow keys; from the first, up leads to `above`. Tells whether the key was meant so. */
export function moveByKey(key: string, list: Element | null, above: () => void): boolean {
  const all = rows(list);
  const at = all.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0) return false;
  switch (key) {
    case 'ArrowDown':
      all[at + 1]?.focus();
      return true;
    case 'ArrowUp':
      if (at === 0) above();
      else all[at - 1]?.focus();
      return true;
    default:
      return false;
  }
}
