import { Dialog, FaultAlert, type Fault } from '@factordesk/shared';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { reasonFault } from '../backup-codes/reason';
import { ReasonField } from '../backup-codes/ReasonField';

interface Props {
  title: string;
  /** What will happen. */
  children: React.ReactNode;
  /** Asks why. */
  label: string;
  /** What is left as it is, and what is done, as their buttons say. */
  keep: string;
  act: string;
  /** It can't be undone. */
  danger?: boolean;
  busy: boolean;
  onClose(): void;
  /** Does it; resolves to why it was not done, if that is to be shown here. */
  onAct(reason: string): Promise<Fault | undefined | void>;
}

/** Says what an act will do, asks why, and does it. */
export function ReasonDialog({ title, children, label, keep, act, danger = false, busy, onClose, onAct }: Props) {
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [fault, setFault] = useState<Fault>();

  const submit = async () => {
    setFault(undefined);
    setWrong(reasonFault(reason));
    if (reasonFault(reason)) return document.getElementById('act-reason')?.focus();
    const fault = await onAct(reason.trim());
    if (fault?.field === 'reason') setWrong(fault.message);
    else if (fault) setFault(fault);
  };
  return (
    <Dialog onClose={onClose} title={title} centered>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {children}
          {fault && <FaultAlert fault={fault} focus />}
          <ReasonField id="act-reason" label={label} value={reason} onChange={setReason} error={wrong} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {keep}
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
