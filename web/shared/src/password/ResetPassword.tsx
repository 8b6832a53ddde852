import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { ResetPasswordDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { PanelPage } from '../parts/PanelPage';
import { useTitle } from '../parts/useTitle';
import type { Challenge } from '../second-factor/challenge';
import { SecondFactor } from '../second-factor/SecondFactor';
import { useWords } from '../words/Words';
import { NewPassword } from './NewPassword';

/** Takes a new password from who came by a link, and then a second factor: only both together change it. */
export function ResetPassword({ token, onDone }: { token: string; onDone(): void }) {
  const words = useWords();
  const { act, busy } = useAct(ResetPasswordDocument);
  const [password, setPassword] = useState('');
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const [fault, setFault] = useState<Fault>();
  const wrong = fault?.field === 'newPassword';
  useTitle(words.password.resetTitle);

  const submit = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { token, newPassword: password } });
    if (data?.resetPassword) {
      setPassword('');
      setChallenge(data.resetPassword.challenge);
    } else setFault(fault);
  };
  return (
    <PanelPage width={440}>
      <Stack>
        <Title order={1} size="h3">
          {challenge ? words.secondFactor.title : words.password.resetTitle}
        </Title>
        {challenge ? (
          <SecondFactor
            key={challenge.id}
            challenge={challenge}
            onVerified={(next) => (next ? setChallenge(next) : onDone())}
            onStartOver={() => setChallenge(null)}
          />
        ) : fault?.code === 'EXPIRED' ? (
          <>
            <FaultAlert fault={fault} focus />
            <Text size="sm">{words.password.resetExpired}</Text>
            <Button onClick={onDone}>{words.password.back}</Button>
          </>
        ) : (
          <form
            onSubmit={(e) => {
              e.preventDefault();
              void submit();
            }}
          >
            <Stack>
              <Text size="sm">{words.password.resetLead}</Text>
              <NewPassword value={password} onChange={setPassword} error={wrong ? words.fault(fault) : undefined} />
              {fault && !wrong && <FaultAlert fault={fault} focus />}
              <Button type="submit" loading={busy}>
                {words.secondFactor.verify}
              </Button>
            </Stack>
          </form>
        )}
      </Stack>
    </PanelPage>
  );
}
