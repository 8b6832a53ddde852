import { createContext } from 'react';

/**
 * Asks the person for a second factor again. Resolves to whether it was given.
 * Null where nobody is signed in.
 */
export const StepUp = createContext<(() => Promise<boolean>) | null>(null);
