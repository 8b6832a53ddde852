import { FaultNotice, Icon, type Fault } from '@factordesk/shared';
import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { PhoneFragment } from '../gql/graphql';
import classes from './DeviceCard.module.css';
import { NumberTypeDialog, type Saved } from './NumberTypeDialog';
import { savedWords, undoReason } from './numberType';
import { useNumberType } from './useNumberType';

/** Whether something may be done, and why not. */
export interface Allowance {
  allowed: boolean;
  reason: string | null;
}

interface Props {
  phone: PhoneFragment;
  mayChange: Allowance;
  onReload(): void;
}

/** Lets staff set whether a phone's codes go by text or by call, and take that back. */
export function CommunicationMethod({ phone, mayChange, onReload }: Props) {
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState<Saved>();
  const button = useRef<HTMLButtonElement>(null);
  const why = `${phone.id}-why-not`;

  return (
    <div className={classes.act}>
      <Button
        ref={button}
        size="xs"
        variant="default"
        leftSection={<Icon name={phone.communicationMethod === 'TEXT' ? 'text' : 'call'} size={14} />}
        disabled={!mayChange.allowed}
        aria-describedby={mayChange.allowed ? undefined : why}
        onClick={() => setOpen(true)}
      >
        Communication method
      </Button>
      {!mayChange.allowed && (
        <Text size="sm" c="dimmed" id={why}>
          {mayChange.reason ?? 'You may not change it.'}
        </Text>
      )}
      {saved && <SavedNotice key={saved.turn} saved={saved} onUndone={(next) => setSaved(next)} onReload={onReload} />}
      {open && (
        <NumberTypeDialog
          phone={phone}
          onReload={onReload}
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
          onSaved={(next) => {
            setOpen(false);
            setSaved(next);
          }}
        />
      )}
    </div>
  );
}

interface NoticeProps {
  saved: Saved;
  onUndone(next: Saved): void;
  onReload(): void;
}

/** Says what was saved, and takes it back once. */
function SavedNotice({ saved, onUndone, onReload }: NoticeProps) {
  const { set, busy } = useNumberType(saved.phone.id);
  const [fault, setFault] = useState<Fault>();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);

  const undo = async (back: NonNullable<Saved['back']>) => {
    const { phone, fault } = await set(back, undoReason(saved.reason));
    if (phone) onUndone({ phone, reason: '', turn: saved.turn + 1 });
    else {
      setFault(fault);
      onReload();
    }
  };
  const { back } = saved;
  return (
    <div ref={ref} className={classes.notice} role="status" tabIndex={-1}>
      <Icon name="check" />
      <Text size="sm">
        {!back && 'Undone. '}
        {savedWords(saved.phone)} {back && 'The user is told.'}
      </Text>
      {back && (
        <Button size="compact-sm" variant="default" leftSection={<Icon name="undo" size={14} />} loading={busy} onClick={() => void undo(back)}>
          Undo
        </Button>
      )}
      {fault && <FaultNotice fault={fault} focus />}
    </div>
  );
}
