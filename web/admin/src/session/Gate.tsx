import { FaultNotice, operation, SignOutDocument, StepUpProvider, useRead } from '@factordesk/shared';
import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useClient } from 'urql';
import { SessionDocument } from '../gql/graphql';
import { makeRouter } from '../router';
import type { Signals } from './Desk';
import { IdleWarning } from './IdleWarning';
import { SessionEnded } from './SessionEnded';
import { SignInPage } from './SignInPage';
import { SessionContext, type Viewer } from './Viewer';

interface Props {
  signals: Signals;
  onResume(): void;
  onEnd(): void;
  forget(): void;
}

/** Lets in who is signed in. A session that ends keeps the page, hidden, for the same person to go on. */
export function Gate({ signals, onResume, onEnd, forget }: Props) {
  const client = useClient();
  const session = useRead(SessionDocument, {}, { policy: 'network-only' });
  const known = useRef<Viewer>(null);
  const router = useMemo(() => makeRouter(), []);

  const signOut = useCallback(async () => {
    await client.mutation(operation(SignOutDocument), {}).toPromise();
    forget();
  }, [client, forget]);

  const viewer = session.data?.viewer ?? null;
  const shut = known.current !== null && (signals.ended || !viewer);
  useEffect(() => {
    // Open dialogs wait with their page.
    const portals = document.getElementById('portals');
    if (portals) portals.hidden = portals.inert = shut;
  }, [shut]);
  const changed = viewer !== null && known.current !== null && viewer.user.id !== known.current.user.id;
  useEffect(() => {
    if (changed) forget();
  }, [changed, forget]);
  if (viewer && !changed) known.current = viewer;

  if (session.loading)
    return (
      <Center mih="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  if (!session.data)
    return (
      <Center mih="100vh" p="md">
        {session.faults[0] && <FaultNotice fault={session.faults[0]} onRetry={session.reload} />}
      </Center>
    );
  if (!known.current) return <SignInPage environment={session.data.environment} onSignedIn={session.reload} />;

  return (
    <SessionContext value={{ viewer: known.current, environment: session.data.environment, ended: shut, signOut }}>
      <div hidden={shut} inert={shut}>
        <StepUpProvider>
          <RouterProvider router={router} />
        </StepUpProvider>
      </div>
      {shut ? (
        <SessionEnded
          viewer={known.current}
          onSignedIn={() => {
            onResume();
            session.reload();
          }}
          onLeave={forget}
        />
      ) : (
        <IdleWarning viewer={known.current} lastContact={signals.lastContact} onStay={session.reload} onEnd={onEnd} />
      )}
    </SessionContext>
  );
}
