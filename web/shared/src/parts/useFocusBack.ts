import { useLayoutEffect } from 'react';

/**
 * Gives the focus back, when something is over, to what had it as it began: a dialog that was open, a button that
 * could not be pressed meanwhile. What has taken the focus since keeps it.
 */
export function useFocusBack(under: boolean): void {
  useLayoutEffect(() => {
    if (!under) return;
    const before = document.activeElement;
    return () => {
      // Once the page is drawn anew, for until then it may be out of reach.
      setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
      });
    };
  }, [under]);
}
