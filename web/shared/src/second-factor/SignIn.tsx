import { Anchor, Button, Loader, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { useRead } from '../api/useRead';
import { ChallengeDocument, SignInDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { takeFocus } from '../parts/takeFocus';
import { ForgotPassword } from '../password/ForgotPassword';
import { VoidPassword } from '../password/VoidPassword';
import { useWords } from '../words/Words';
import type { Challenge } from './challenge';
import { useSteps } from './place';
import { SecondFactor } from './SecondFactor';
import { isOver, StartOver } from './StartOver';

interface Props {
  /** Institution and username known from before, which can't be changed then. */
  known?: { institution: string; username: string };
  /** The institution to begin with. */
  institution?: string;
  /** Whether the institution is known well enough not to be asked for. */
  institutionFixed?: boolean;
  onSignedIn(): void;
  /** Told what is asked for now: null for the password. */
  onStep?: (step: Challenge['step'] | null) => void;
}

/** Password, then a second factor. Who reloads the page goes on where they were, unless something waits behind it. */
export function SignIn({ known, institution, institutionFixed = Boolean(known), onSignedIn, onStep }: Props) {
  const { place, push, back, restart } = useSteps(!known);
  const [fresh, setFresh] = useState<Challenge | null>(null);
  const [over, setOver] = useState<Fault>();
  const again = useRead(ChallengeDocument, { id: place?.challenge ?? '' }, { pause: !place || place.challenge === fresh?.id, policy: 'network-only' });
  const found = [fresh, again.data?.challenge].find((c) => c && c.id === place?.challenge);
  useEffect(() => onStep?.(place ? (found?.step ?? 'SECOND_FACTOR') : null), [place, found, onStep]);
  const startOver = (fault?: Fault) => {
    setOver(fault);
    void back(0);
  };

  if (!place)
    return (
      <>
        {over && <FaultAlert fault={over} focus />}
        <Password
          known={known}
          institution={institution}
          institutionFixed={institutionFixed}
          onChallenge={(challenge) => {
            setOver(undefined);
            setFresh(challenge);
            push({ challenge: challenge.id });
          }}
        />
      </>
    );
  if (!found && again.faults[0])
    return isOver(again.faults[0]) ? <StartOver fault={again.faults[0]} onStartOver={() => startOver()} /> : <FaultAlert fault={again.faults[0]} onRetry={again.reload} />;
  if (!found) return <Loader />;
  return (
    <SecondFactor
      key={found.id}
      challenge={found}
      chosen={place.option}
      onChosen={(option) => (option ? push({ challenge: found.id, option }) : void back(1))}
      onVerified={(next) => {
        if (next) setFresh(next);
        void (next ? restart(next.id) : back(0).then(onSignedIn));
      }}
      onStartOver={() => startOver()}
    />
  );
}

function Password({ known, institution: first = '', institutionFixed, onChallenge }: Omit<Props, 'onSignedIn' | 'onStep'> & { onChallenge(c: Challenge): void }) {
  const words = useWords();
  const { act, busy } = useAct(SignInDocument);
  const [institution, setInstitution] = useState(known?.institution ?? first);
  const [username, setUsername] = useState(known?.username ?? '');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [forgot, setForgot] = useState(false);
  const expired = fault?.code === 'EXPIRED';
  const wrong = (field: string) => (fault?.field === field ? words.fault(fault) : undefined);

  const submit = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { institution: institution.trim(), username: username.trim(), password } });
    if (data?.signIn) {
      setPassword('');
      onChallenge(data.signIn.challenge);
    } else setFault(fault);
  };

  if (forgot)
    return <ForgotPassword institution={institution} fixed={Boolean(institutionFixed)} username={username} onBack={() => setForgot(false)} />;
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <Stack>
        {expired && <VoidPassword onNext={() => setForgot(true)} />}
        {fault && !expired && (!fault.field || (institutionFixed && fault.field === 'institution')) && <FaultAlert fault={fault} focus />}
        {!institutionFixed && (
          <TextInput
            label={words.signIn.institution}
            description={words.signIn.institutionHint}
            name="institution"
            value={institution}
            onChange={(e) => setInstitution(e.currentTarget.value)}
            error={wrong('institution')}
            autoComplete="organization"
            autoCapitalize="off"
            spellCheck={false}
            required
            withAsterisk={false}
            ref={first ? undefined : takeFocus}
          />
        )}
        <TextInput
          label={words.signIn.username}
          name="username"
          type="email"
          value={username}
          onChange={(e) => setUsername(e.currentTarget.value)}
          error={wrong('username')}
          readOnly={Boolean(known)}
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={words.signIn.password}
          name="password"
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
          error={wrong('password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          ref={known && takeFocus}
          visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword, tabIndex: 0 }}
        />
        <Button type="submit" loading={busy}>
          {words.signIn.submit}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setForgot(true)}>
          {words.password.forgot}
        </Anchor>
      </Stack>
    </form>
  );
}
