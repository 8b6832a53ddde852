import { Button, Stack, TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import type { Words } from '../words/en';
import accountClasses from './Account.module.css';
import { ConfirmSent } from './ConfirmSent';
import { Done } from './Done';
import { Page } from './Page';

/** What came of adding a number or an address: a code is on its way, or a fault, of which there may be a better word. */
export interface Added {
  fault?: Fault;
  wrong?: string;
  /** `to` is what the server made of what was typed. */
  sent?: { device: { id: string }; retryAfterSeconds: number; to: string } | null;
}

interface Props {
  words: Words['account']['addEmail'];
  /** What the API calls the number or the address. */
  field: string;
  input: Pick<TextInputProps, 'type' | 'autoComplete' | 'inputMode'>;
  add(typed: string, label: string): Promise<Added>;
}

/** Adds a number or an address: first what it is, then the code that came there. */
export function AddContact({ words, field, input, add }: Props) {
  const { account, fault: tell } = useWords();
  const { devices, next } = account;
  const [typed, setTyped] = useState('');
  const [label, setLabel] = useState('');
  const [busy, setBusy] = useState(false);
  const [came, setCame] = useState<Added>();
  const [done, setDone] = useState(false);
  const fault = came?.fault;
  const wrong = (name: string) => (fault?.field === name ? ((name === field && came?.wrong) || tell(fault)) : undefined);

  const submit = async () => {
    setCame(undefined);
    setBusy(true);
    setCame(await add(typed, label.trim()));
    setBusy(false);
  };
  if (done) return <Done title={words.doneTitle} lead={words.doneLead} />;
  if (came?.sent)
    return (
      <Page key="confirm" title={words.confirmTitle} lead={words.confirmLead(came.sent.to)} windowTitle={words.title}>
        <ConfirmSent
          deviceId={came.sent.device.id}
          wait={came.sent.retryAfterSeconds}
          onConfirmed={() => setDone(true)}
          onStartOver={() => setCame(undefined)}
        />
      </Page>
    );
  return (
    <Page title={words.title} lead={words.lead}>
      <form
        className={`${accountClasses.panel} ${accountClasses.padded}`}
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        <Stack>
          <TextInput
            label={words.label}
            description={words.hint}
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
            error={wrong(field)}
            required
            withAsterisk={false}
            {...input}
          />
          <TextInput
            label={devices.name}
            description={devices.nameHint}
            value={label}
            onChange={(e) => setLabel(e.currentTarget.value)}
            maxLength={50}
            autoComplete="off"
            error={wrong('label')}
          />
          {fault && !wrong(field) && !wrong('label') && <FaultAlert fault={fault} focus />}
        </Stack>
        <div className={accountClasses.acts}>
          <Button type="submit" loading={busy}>
            {next}
          </Button>
        </div>
      </form>
    </Page>
  );
}
