import { FaultAlert, Icon, takeFocus, type Fault } from '@factordesk/shared';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { PhoneFragment } from '../gql/graphql';
import { Act, type Allowance } from './Act';
import classes from './DeviceCard.module.css';
import { NumberTypeDialog, type Saved } from './NumberTypeDialog';
import { savedWords, undoReason } from './numberType';
import { useNumberType } from './useNumberType';

interface Props {
  phone: PhoneFragment;
  mayChange: Allowance;
  /** The phone is not what it was: it has to be read again. */
  onStale(fault?: Fault): void;
}

/** Lets staff set whether a phone's codes go by text or by call, and take that back. */
export function CommunicationMethod({ phone, mayChange, onStale }: Props) {
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState<Saved>();

  return (
    <>
      <Act icon={phone.communicationMethod === 'TEXT' ? 'text' : 'call'} may={mayChange} onClick={() => setOpen(true)}>
        Communication method
      </Act>
      {saved && <SavedAlert key={saved.turn} saved={saved} onUndone={(next) => setSaved(next)} onStale={onStale} />}
      {open && (
        <NumberTypeDialog
          phone={phone}
          onGone={(fault) => {
            setOpen(false);
            onStale(fault);
          }}
          onConflict={onStale}
          onClose={() => setOpen(false)}
          onSaved={(next) => {
            setOpen(false);
            setSaved(next);
          }}
        />
      )}
    </>
  );
}

interface SavedAlertProps {
  saved: Saved;
  onUndone(next: Saved): void;
  onStale(fault?: Fault): void;
}

/** Says what was saved, and takes it back once. */
function SavedAlert({ saved, onUndone, onStale }: SavedAlertProps) {
  const { set, busy } = useNumberType(saved.phone);
  const [fault, setFault] = useState<Fault>();

  const undo = async (back: NonNullable<Saved['back']>) => {
    const { phone, fault } = await set(back, undoReason(saved.reason));
    if (phone) onUndone({ phone, reason: '', turn: saved.turn + 1 });
    else if (fault?.code === 'NOT_FOUND') onStale(fault);
    else {
      if (fault?.code === 'CONFLICT') onStale();
      setFault(fault);
    }
  };
  const { back } = saved;
  return (
    <div ref={takeFocus} className={`${classes.alert} ${classes.line}`} role="status" tabIndex={-1}>
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
      {fault && <FaultAlert fault={fault} focus />}
    </div>
  );
}
