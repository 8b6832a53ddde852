import { createContext, useContext } from 'react';
import type { Environment, SessionQuery } from '../gql/graphql';

export type Viewer = NonNullable<SessionQuery['viewer']>;

interface Session {
  viewer: Viewer;
  environment: Environment;
  /** The session is over and what is shown is hidden, until the same person signs in again. */
  ended: boolean;
  signOut(): Promise<void>;
  /** Asks the server anew who is signed in. */
  reload(): void;
}

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. Only for what is shown below the sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('nobody is signed in');
  return session;
}
