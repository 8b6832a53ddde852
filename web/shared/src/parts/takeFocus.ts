/**
 * A ref for what takes the focus as it appears: the answer to an act, or the first field of a step that takes the
 * place of another, with which the focus would be lost.
 */
export const takeFocus = (element: HTMLElement | null): void => element?.focus();
