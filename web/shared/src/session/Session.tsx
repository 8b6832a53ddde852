import { useCallback, useState } from 'react';
import { Provider } from 'urql';
import { connect } from '../api/client';
import { ResetPassword } from '../password/ResetPassword';
import { takeResetToken } from '../password/resetToken';
import { Gate, type GateProps } from './Gate';

type Props = Pick<GateProps, 'signIn' | 'children'> & { client: 'admin' | 'banking' };

/**
 * Holds the API client and lets in who is signed in. Whoever signs in after someone else gets a new one, so that
 * nothing seen before is left in it.
 */
export function Session(props: Props) {
  const [generation, setGeneration] = useState(0);
  const forget = useCallback(() => setGeneration((g) => g + 1), []);
  return <OneSession key={generation} {...props} forget={forget} />;
}

function OneSession({ client: name, signIn, children, forget }: Props & Pick<GateProps, 'forget'>) {
  const [ended, setEnded] = useState(false);
  const [{ client, lastContact }] = useState(() => connect(name, () => setEnded(true)));
  const [resetToken, setResetToken] = useState(takeResetToken);

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
    <Provider value={client}>
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
