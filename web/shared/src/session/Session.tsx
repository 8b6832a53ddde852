import type { Client } from '@urql/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Provider } from 'urql';
import { createClient } from '../api/client';
import { ResetPassword } from '../password/ResetPassword';
import { takeResetToken } from '../password/resetToken';
import { Gate, type GateProps } from './Gate';

type Props = Pick<GateProps, 'signIn' | 'children'> & { client: 'admin' | 'banking' };

/**
 * Holds the API client and lets in who is signed in. Whoever signs in after someone else gets a new one, so that
 * nothing seen before is left in it.
 */
export function Session({ client: name, signIn, children }: Props) {
  const [generation, setGeneration] = useState(0);
  const [ended, setEnded] = useState(false);
  const contact = useRef(Date.now());
  const [resetToken, setResetToken] = useState(takeResetToken);

  const client: Client = useMemo(
    () =>
      createClient(name, {
        onSessionEnded: () => setEnded(true),
        onContact: () => (contact.current = Date.now()),
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a generation is a client
    [name, generation],
  );
  const lastContact = useCallback(() => contact.current, []);
  const forget = useCallback(() => {
    setEnded(false);
    setGeneration((g) => g + 1);
  }, []);

  if (resetToken)
    return (
      <Provider value={client}>
        <ResetPassword
          token={resetToken}
          onDone={() => {
            history.replaceState(null, '', `/${name}/`);
            setResetToken(null);
          }}
        />
      </Provider>
    );
  return (
    <Provider value={client} key={generation}>
      <Gate
        signals={{ ended, lastContact }}
        onResume={() => setEnded(false)}
        onEnd={() => setEnded(true)}
        forget={forget}
        signIn={signIn}
      >
        {children}
      </Gate>
    </Provider>
  );
}
