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
import { useSteps, type Steps } from './place';
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
  const { language } = useWords();
  const steps = useSteps(!known);
  const [fresh, setFresh] = useState<Fresh>();
  const told = (challenge: Challenge) => setFresh({ challenge, language });
  if (steps.place)
    // In another language the options have other labels: they are read anew.
    return <Asked key={language} steps={steps} fresh={fresh?.language === language ? fresh.challenge : undefined} onNext={told} onSignedIn={onSignedIn} onStep={onStep} />;
  return (
    <Password
      known={known}
      institution={institution}
      institutionFixed={institutionFixed}
      onStep={onStep}
      onChallenge={(challenge) => {
        told(challenge);
        steps.push({ challenge: challenge.id });
      }}
    />
  );
}

/** A challenge as the server answered it, and in which language. */
interface Fresh {
  challenge: Challenge;
  language: string;
}

interface AskedProps extends Pick<Props, 'onSignedIn' | 'onStep'> {
  steps: Steps;
  fresh: Challenge | undefined;
  onNext(challenge: Challenge): void;
}

/** Asks for the second factor, of a challenge that is known or has to be found again. */
function Asked({ steps: { place, push, back, restart }, fresh, onNext, onSignedIn, onStep }: AskedProps) {
  const id = place?.challenge ?? '';
  const again = useRead(ChallengeDocument, { id }, { pause: id === fresh?.id, policy: 'network-only' });
  const challenge = [fresh, again.data?.challenge].find((c) => c?.id === id);
  const [fault] = again.faults;
  useEffect(() => onStep?.(challenge?.step ?? 'SECOND_FACTOR'), [challenge, onStep]);

  if (challenge)
    return (
      <SecondFactor
        key={id}
        challenge={challenge}
        chosen={place?.option}
        onChosen={(option) => (option ? push({ challenge: id, option }) : void back(1))}
        onVerified={(next) => {
          if (next) onNext(next);
          void (next ? restart(next.id) : back(0).then(onSignedIn));
        }}
        onStartOver={() => void back(0)}
      />
    );
  if (!fault) return <Loader />;
  return isOver(fault) ? <StartOver fault={fault} onStartOver={() => void back(0)} /> : <FaultAlert fault={fault} onRetry={again.reload} />;
}

function Password({ known, institution: first = '', institutionFixed, onStep, onChallenge }: Omit<Props, 'onSignedIn'> & { onChallenge(c: Challenge): void }) {
  const words = useWords();
  useEffect(() => onStep?.(null), [onStep]);
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
