import { useCallback, useState } from 'react';
import { Provider } from 'urql';
import { connect } from '../api/client';
import { ResetPassword } from '../password/ResetPassword';
import { takeToken } from '../password/resetToken';
import { Gate, type GateProps } from './Gate';

type Props = Pick<GateProps, 'signIn' | 'children'> & {
  client: 'admin' | 'banking';
  /** What is shown to who came by an invitation, where there are any. */
  invitation?(given: { token: string; onDone(): void }): React.ReactNode;
};

/**
 * Holds the API client and lets in who is signed in. Whoever signs in after someone else gets a new one, so that
 * nothing seen before is left in it.
 */
export function Session(props: Props) {
  const [generation, setGeneration] = useState(0);
  const forget = useCallback(() => setGeneration((g) => g + 1), []);
  return <OneSession key={generation} {...props} forget={forget} />;
}

function OneSession({ client: name, signIn, children, invitation, forget }: Props & Pick<GateProps, 'forget'>) {
  const [ended, setEnded] = useState(false);
  const [{ client, lastContact }] = useState(() => connect(name, () => setEnded(true)));
  const [resetToken, setResetToken] = useState(() => takeToken('reset-password'));
  const [invitationToken, setInvitationToken] = useState(() => (invitation ? takeToken('invitation') : null));
  const onDone = () => {
    history.replaceState(null, '', `/${name}/`);
    setResetToken(null);
    setInvitationToken(null);
  };

  if (invitation && invitationToken) return <Provider value={client}>{invitation({ token: invitationToken, onDone })}</Provider>;
  if (resetToken)
    return (
      <Provider value={client}>
        <ResetPassword token={resetToken} onDone={onDone} />
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
