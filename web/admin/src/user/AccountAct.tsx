import { type Fault, type IconName, useAct } from '@factordesk/shared';
import type { TypedDocumentNode } from '@urql/core';
import { useState } from 'react';
import { ReasonDialog } from '../layout/ReasonDialog';
import { Act, type Allowance } from './Act';
import classes from './DeviceCard.module.css';

interface Props<Data> {
  document: TypedDocumentNode<Data, { input: { userId: string; reason: string } }>;
  userId: string;
  icon: IconName;
  /** What it is called, on both buttons. */
  name: string;
  may: Allowance | undefined;
  /** What the dialog is called, and how it asks why. */
  title: string;
  label: string;
  keep: string;
  danger?: boolean;
  /** What it does, a sentence each. */
  effects: React.ReactNode[];
  onDone(): void;
  /** A colleague was quicker. */
  onStale(): void;
}

/** Does something to a whole account, once staff have read what that does and said why. */
export function AccountAct<Data>({ document, userId, icon, name, may, title, label, keep, danger, effects, onDone, onStale }: Props<Data>) {
  const { act, busy } = useAct(document);
  const [open, setOpen] = useState(false);
  const [fault, setFault] = useState<Fault>();
  return (
    <>
      <Act icon={icon} may={may ?? { allowed: false, reason: null }} onClick={() => setOpen(true)}>
        {name}
      </Act>
      {open && (
        <ReasonDialog
          title={title}
          label={label}
          keep={keep}
          act={name}
          danger={danger}
          busy={busy}
          onClose={() => {
            setOpen(false);
            if (fault?.code === 'CONFLICT') onStale();
          }}
          onAct={async (reason) => {
            const { fault } = await act({ input: { userId, reason } });
            setFault(fault);
            if (fault) return fault;
            setOpen(false);
            onDone();
          }}
        >
          <ul className={classes.effects}>
            {effects.map((effect, place) => (
              <li key={place}>{effect}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </>
  );
}
