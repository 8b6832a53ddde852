import { createContext, useContext, type ComponentType, type ReactNode } from 'react';

/** The page from which those of the viewer's own account are reached: each client has one of its own. */
interface Home {
  title: string;
  /** What a button says that leads there. */
  back: string;
  Link: ComponentType<{ className?: string; children?: ReactNode }>;
}

export const HomeContext = createContext<Home | null>(null);

export function useHome(): Home {
  const home = useContext(HomeContext);
  if (!home) throw new Error('the account has no first page');
  return home;
}
