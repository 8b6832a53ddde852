/** What is wrong with a form without the fields that were changed; the same object where none of them was wrong. */
export const mended = <Wrong extends object>(wrong: Wrong, changed: object): Wrong =>
  Object.keys(changed).some((field) => field in wrong)
    ? (Object.fromEntries(Object.entries(wrong).filter(([field]) => !(field in changed))) as Wrong)
    : wrong;
