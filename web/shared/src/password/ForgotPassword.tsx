import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { RequestPasswordResetDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { Icon } from '../parts/Icon';
import { takeFocus } from '../parts/takeFocus';
import { useWords } from '../words/Words';

interface Props {
  institution: string;
  /** The institution is not asked for. */
  fixed: boolean;
  username: string;
  onBack(): void;
}

/** Asks for a link by which to choose a new password. The answer is the same whoever asks. */
export function ForgotPassword({ institution: first, fixed, username: known, onBack }: Props) {
  const words = useWords();
  const { act, busy } = useAct(RequestPasswordResetDocument);
  const [institution, setInstitution] = useState(first);
  const [username, setUsername] = useState(known);
  const [fault, setFault] = useState<Fault>();
  const [asked, setAsked] = useState(false);

  const submit = async () => {
    const { data, fault } = await act({ input: { institution: institution.trim(), username: username.trim() } });
    setFault(fault);
    setAsked(Boolean(data?.requestPasswordReset));
  };
  if (asked)
    return (
      <Stack>
        <Alert role="status" color="teal" variant="light" icon={<Icon name="mail" />} title={words.password.askedTitle}>
          {words.password.asked}
        </Alert>
        <Button ref={takeFocus} variant="default" onClick={onBack}>
          {words.password.back}
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
        <Text size="sm">{words.password.forgotLead}</Text>
        {fault && <FaultAlert fault={fault} focus />}
        {!fixed && (
          <TextInput
            label={words.signIn.institution}
            description={words.signIn.institutionHint}
            value={institution}
            onChange={(e) => setInstitution(e.currentTarget.value)}
            autoComplete="organization"
            autoCapitalize="off"
            spellCheck={false}
            required
            withAsterisk={false}
          />
        )}
        <TextInput
          label={words.signIn.username}
          type="email"
          value={username}
          onChange={(e) => setUsername(e.currentTarget.value)}
          autoComplete="username"
          required
          withAsterisk={false}
          ref={takeFocus}
        />
        <Button type="submit" loading={busy}>
          {words.password.ask}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>
          {words.password.back}
        </Anchor>
      </Stack>
    </form>
  );
}
