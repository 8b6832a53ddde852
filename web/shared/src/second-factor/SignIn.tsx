import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { SignInDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { takeFocus } from '../parts/takeFocus';
import { ForgotPassword } from '../password/ForgotPassword';
import { VoidPassword } from '../password/VoidPassword';
import { useWords } from '../words/Words';
import type { Challenge } from './challenge';
import { SecondFactor } from './SecondFactor';

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

/** Password, then a second factor. */
export function SignIn({ known, institution, institutionFixed = Boolean(known), onSignedIn, onStep }: Props) {
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  useEffect(() => onStep?.(challenge?.step ?? null), [challenge, onStep]);
  if (!challenge) return <Password known={known} institution={institution} institutionFixed={institutionFixed} onChallenge={setChallenge} />;
  return (
    <SecondFactor
      key={challenge.id}
      challenge={challenge}
      onVerified={(next) => (next ? setChallenge(next) : onSignedIn())}
      onStartOver={() => setChallenge(null)}
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
