import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { StartAuthenticatorDocument, type StartAuthenticatorMutation } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useSession } from '../session/Viewer';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { AppSecret } from './AppSecret';
import { ConfirmForm } from './ConfirmForm';
import { Done } from './Done';
import { Page } from './Page';

type Started = NonNullable<StartAuthenticatorMutation['startAuthenticator']>;

/** Sets up an authenticator app: its name, its secret, its first code. The secret is in this page's memory and nowhere else. */
export function AddAppPage() {
  const words = useWords().account.addApp;
  const { ended } = useSession();
  const [started, setStarted] = useState<Started | null>(null);
  const [done, setDone] = useState(false);
  if (ended && started) setStarted(null);

  if (done) return <Done title={words.doneTitle} lead={words.doneLead} />;
  if (!started) return <Start onStarted={setStarted} />;
  return (
    <Page key="scan" title={words.scanTitle} lead={words.scanLead}>
      <AppSecret uri={started.otpauthUri} png={started.qrCodePng} secret={started.secret} />
      <ConfirmForm
        deviceId={started.device.id}
        label={words.code}
        onConfirmed={() => {
          setStarted(null);
          setDone(true);
        }}
        onStartOver={() => setStarted(null)}
      />
    </Page>
  );
}

function Start({ onStarted }: { onStarted(started: Started): void }) {
  const words = useWords();
  const { addApp, devices, next } = words.account;
  const { act, busy } = useAct(StartAuthenticatorDocument);
  const [label, setLabel] = useState('');
  const [fault, setFault] = useState<Fault>();

  const start = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { label: label.trim() } });
    if (data?.startAuthenticator) onStarted(data.startAuthenticator);
    else setFault(fault);
  };
  return (
    <Page title={addApp.title} lead={addApp.lead}>
      <form
        className={`${accountClasses.panel} ${accountClasses.padded}`}
        onSubmit={(e) => {
          e.preventDefault();
          void start();
        }}
      >
        <Text mb="md">{addApp.install}</Text>
        <TextInput
          label={devices.name}
          description={devices.nameHint}
          value={label}
          onChange={(e) => setLabel(e.currentTarget.value)}
          placeholder={addApp.defaultName}
          maxLength={50}
          autoComplete="off"
          error={fault?.field === 'label' ? words.fault(fault) : undefined}
        />
        {fault && fault.field !== 'label' && <FaultAlert fault={fault} focus />}
        <div className={accountClasses.acts}>
          <Button type="submit" loading={busy}>
            {next}
          </Button>
        </div>
      </form>
    </Page>
  );
}
