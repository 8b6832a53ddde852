import { createClient } from '@factordesk/shared';
import type { Client } from '@urql/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Provider } from 'urql';
import { Gate } from './Gate';

/** What the client tells about the session. */
export interface Signals {
  /** The server said that nobody is signed in. */
  ended: boolean;
  /** When the server last answered, in ms since 1970. */
  lastContact(): number;
}

/** Holds the API client. Whoever signs in after someone else gets a new one, so that nothing seen before is left in it. */
export function Desk() {
  const [generation, setGeneration] = useState(0);
  const [ended, setEnded] = useState(false);
  const contact = useRef(Date.now());

  const client: Client = useMemo(
    () =>
      createClient('admin', {
        onSessionEnded: () => setEnded(true),
        onContact: () => (contact.current = Date.now()),
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a generation is a client
    [generation],
  );
  const lastContact = useCallback(() => contact.current, []);
  const forget = useCallback(() => {
    setEnded(false);
    setGeneration((g) => g + 1);
  }, []);

  return (
    <Provider value={client} key={generation}>
      <Gate signals={{ ended, lastContact }} onResume={() => setEnded(false)} onEnd={() => setEnded(true)} forget={forget} />
    </Provider>
  );
}
