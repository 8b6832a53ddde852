import { FaultAlert, NewPassword, takeFocus, useAct, type Fault } from '@factordesk/shared';
import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { RegisterDocument, type RegisterInput } from '../gql/graphql';
import { useLanguage } from '../language/Language';
import { useWords } from '../words/Words';

type Field = 'institution' | 'firstName' | 'lastName' | 'email' | 'phoneNumber';

interface Props {
  institution: string;
  onBack(): void;
}

/** Registers a customer. What came of it stands in the mail: the answer is the same for an address that has an account. */
export function RegisterForm({ institution, onBack }: Props) {
  const { register, shared } = useWords();
  const { addPhone } = shared.account;
  const { language } = useLanguage();
  const { act, busy } = useAct(RegisterDocument);
  const [typed, setTyped] = useState<Record<Field, string>>({ institution, firstName: '', lastName: '', email: '', phoneNumber: '' });
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [accepted, setAccepted] = useState(false);
  const shown = fault?.field === 'password' || (fault?.field !== undefined && fault.field in typed);
  const wrong = (field: string) => (fault?.field === field ? shared.fault(fault) : undefined);
  const field = (name: Field) => ({
    value: typed[name],
    onChange: (e: React.ChangeEvent<HTMLInputElement>) => setTyped({ ...typed, [name]: e.currentTarget.value }),
    error: wrong(name),
    required: true,
    withAsterisk: false,
  });

  const submit = async () => {
    setFault(undefined);
    const trimmed = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.trim()])) as Record<Field, string>;
    const input: RegisterInput = { ...trimmed, password, language };
    const { data, fault } = await act({ input });
    setFault(fault);
    if (!data?.register) return;
    setPassword('');
    setAccepted(true);
  };
  if (accepted)
    return (
      <Stack>
        <Alert role="status" color="teal" variant="light" title={register.acceptedTitle}>
          {register.accepted}
        </Alert>
        <Button ref={takeFocus} onClick={onBack}>
          {shared.signIn.submit}
        </Button>
      </Stack>
    );
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <Stack>
        {!institution && <TextInput label={shared.signIn.institution} description={shared.signIn.institutionHint} autoComplete="organization" autoCapitalize="off" {...field('institution')} />}
        <TextInput label={register.firstName} autoComplete="given-name" maxLength={100} {...field('firstName')} />
        <TextInput label={register.lastName} autoComplete="family-name" maxLength={100} {...field('lastName')} />
        <TextInput label={shared.signIn.username} description={register.emailHint} type="email" autoComplete="username" {...field('email')} />
        <TextInput
          label={addPhone.label}
          description={register.phoneHint}
          type="tel"
          autoComplete="tel"
          {...field('phoneNumber')}
          error={fault?.field === 'phoneNumber' ? addPhone.noNumber(fault.message) : undefined}
        />
        <NewPassword value={password} onChange={setPassword} error={wrong('password')} />
        {fault && !(shown && !(fault.field === 'institution' && institution)) && <FaultAlert fault={fault} focus />}
        <Button type="submit" loading={busy}>
          {register.submit}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>
          {register.back}
        </Anchor>
      </Stack>
    </form>
  );
}
