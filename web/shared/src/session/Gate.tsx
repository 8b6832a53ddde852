import { Center, Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { operation } from '../api/operation';
import { useRead } from '../api/useRead';
import { SessionDocument, SignOutDocument, type Environment } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { StepUpProvider } from '../second-factor/StepUpProvider';
import { useWords } from '../words/Words';
import { IdleWarning } from './IdleWarning';
import { SessionEnded } from './SessionEnded';
import { SessionContext, type Viewer } from './Viewer';

/** What the client tells about the session. */
export interface Signals {
  /** The server said that nobody is signed in. */
  ended: boolean;
  /** When the server last answered, in ms since 1970. */
  lastContact(): number;
}

export interface GateProps {
  signals: Signals;
  onResume(): void;
  onEnd(): void;
  forget(): void;
  /** What is shown to who is not signed in. */
  signIn(given: { environment: Environment; onSignedIn(): void }): React.ReactNode;
  /** What is shown to who is. */
  children: React.ReactNode;
}

/** Lets in who is signed in. A session that ends keeps the page, hidden, for the same person to go on. */
export function Gate({ signals, onResume, onEnd, forget, signIn, children }: GateProps) {
  const client = useClient();
  const words = useWords();
  const session = useRead(SessionDocument, {}, { policy: 'network-only' });
  const [known, setKnown] = useState<Viewer | null>(null);

  const signOut = useCallback(async () => {
    await client.mutation(operation(SignOutDocument), {}).toPromise();
    forget();
  }, [client, forget]);

  const viewer = session.data?.viewer ?? null;
  const shut = known !== null && (signals.ended || !viewer);
  useEffect(() => {
    // Open dialogs wait with their page.
    const portals = document.getElementById('portals');
    if (portals) portals.hidden = portals.inert = shut;
  }, [shut]);
  const changed = viewer !== null && known !== null && viewer.user.id !== known.user.id;
  useEffect(() => {
    if (changed) forget();
  }, [changed, forget]);
  if (viewer && viewer !== known && !changed) setKnown(viewer);

  if (session.loading)
    return (
      <Center mih="100vh">
        <Loader aria-label={words.loading} />
      </Center>
    );
  if (!session.data)
    return (
      <Center mih="100vh" p="md">
        {session.faults[0] && <FaultAlert fault={session.faults[0]} onRetry={session.reload} />}
      </Center>
    );
  const { environment } = session.data;
  if (!known) return signIn({ environment, onSignedIn: session.reload });

  return (
    <SessionContext value={{ viewer: known, environment, ended: shut, signOut, reload: session.reload }}>
      <div id="page" hidden={shut}>
        <StepUpProvider>{children}</StepUpProvider>
      </div>
      {shut ? (
        <SessionEnded
          viewer={known}
          onSignedIn={() => {
            onResume();
            session.reload();
          }}
          onLeave={forget}
        />
      ) : (
        <IdleWarning viewer={known} lastContact={signals.lastContact} onStay={session.reload} onEnd={onEnd} />
      )}
    </SessionContext>
  );
}
