import { FaultAlert, NewPassword, PanelPage, SecondFactor, useAct, useRead, useTitle, useWords, type Fault } from '@factordesk/shared';
import { AppSecret } from '@factordesk/shared/account';
import { Button, Loader, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { AcceptInviteDocument, InvitationDocument, type AcceptInviteMutation, type InvitationQuery } from '../gql/graphql';

interface Props {
  token: string;
  onDone(): void;
}

type Invitation = NonNullable<InvitationQuery['invitation']>;
type Accepted = NonNullable<AcceptInviteMutation['acceptInvite']>;

/** Takes who was invited to the staff from the link in their mail to being signed in. The token is in this page's memory and nowhere else. */
export function InvitationPage({ token, onDone }: Props) {
  const found = useRead(InvitationDocument, { token }, { policy: 'network-only' });
  const [over, setOver] = useState<Fault>();
  const [accepted, setAccepted] = useState<Accepted | null>(null);
  useTitle('You are invited');

  const fault = over ?? (found.data?.invitation ? undefined : found.faults[0]);
  const invitation = found.data?.invitation;
  return (
    <PanelPage width={440}>
      <Stack>
        <Title order={1} size="h3">
          {accepted ? 'Enter your first code' : 'You are invited'}
        </Title>
        {fault ? (
          <>
            <FaultAlert fault={fault} focus onRetry={fault.code === 'EXPIRED' ? undefined : found.reload} />
            <Button variant="default" onClick={onDone}>
              Go to the sign-in
            </Button>
          </>
        ) : !invitation ? (
          <Loader aria-label="Loading" />
        ) : accepted ? (
          <>
            {accepted.authenticator && (
              <AppSecret uri={accepted.authenticator.uri} png={accepted.authenticator.qrCodePng} secret={accepted.authenticator.secret} />
            )}
            <SecondFactor key={accepted.challenge.id} challenge={accepted.challenge} onVerified={onDone} onStartOver={() => setAccepted(null)} />
          </>
        ) : (
          <Accept token={token} invitation={invitation} onAccepted={setAccepted} onOver={setOver} />
        )}
      </Stack>
    </PanelPage>
  );
}

interface AcceptProps {
  token: string;
  invitation: Invitation;
  onAccepted(accepted: Accepted): void;
  onOver(fault: Fault): void;
}

/** Asks for a password, and how codes are to come. */
function Accept({ token, invitation, onAccepted, onOver }: AcceptProps) {
  const words = useWords();
  const { act, busy } = useAct(AcceptInviteDocument);
  const [password, setPassword] = useState('');
  const [byApp, setByApp] = useState(!invitation.phonePermitted);
  const [number, setNumber] = useState('');
  const [fault, setFault] = useState<Fault>();
  const wrong = (field: string) => (fault?.field === field ? words.fault(fault) : undefined);
  const elsewhere = fault && fault.field !== 'newPassword' && fault.field !== 'phoneNumber';

  const submit = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { token, newPassword: password, phoneNumber: byApp ? undefined : number } });
    if (fault?.code === 'EXPIRED') return onOver(fault);
    setFault(fault);
    if (!data?.acceptInvite) return;
    setPassword('');
    onAccepted(data.acceptInvite);
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <Text size="sm">
          {invitation.invitedBy} invites you, {invitation.firstName}, to the Factordesk of {invitation.institutionName}. You sign in as {invitation.email}.
        </Text>
        <input type="email" name="username" autoComplete="username" value={invitation.email} readOnly hidden />
        <NewPassword value={password} onChange={setPassword} error={wrong('newPassword')} />
        {invitation.phonePermitted && invitation.authenticatorPermitted && (
          <Radio.Group label="How do you get your codes?" value={byApp ? 'app' : 'phone'} onChange={(way) => setByApp(way === 'app')}>
            <Stack gap="xs" mt={4}>
              <Radio value="phone" label="By text or call" />
              <Radio value="app" label="From an authenticator app" />
            </Stack>
          </Radio.Group>
        )}
        {!byApp && (
          <TextInput
            label="Phone number"
            type="tel"
            autoComplete="tel"
            value={number}
            onChange={(e) => setNumber(e.currentTarget.value)}
            error={wrong('phoneNumber')}
            required
            withAsterisk={false}
          />
        )}
        {elsewhere && <FaultAlert fault={fault} focus />}
        <Button type="submit" loading={busy}>
          Continue
        </Button>
      </Stack>
    </form>
  );
}
