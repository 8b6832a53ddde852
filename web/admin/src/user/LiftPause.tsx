import { useAct, type Fault } from '@factordesk/shared';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { LiftPauseDocument } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';
import { Act, type Allowance } from './Act';

interface Props {
  userId: string;
  firstName: string;
  /** The device beside which it stands. */
  to: string;
  may: Allowance;
  onLifted(): void;
  /** Nothing is paused any more. */
  onStale(fault: Fault): void;
}

/** Lets a user whom wrong codes have paused try again at once. */
export function LiftPause({ userId, firstName, to, may, onLifted, onStale }: Props) {
  const { act, busy } = useAct(LiftPauseDocument);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Act icon="clock" to={to} may={may} onClick={() => setOpen(true)}>
        Lift pause
      </Act>
      {open && (
        <ReasonDialog
          title="Lift the pause?"
          label="Why is it lifted?"
          keep="Leave it"
          act="Lift pause"
          busy={busy}
          onClose={() => setOpen(false)}
          onAct={async (reason) => {
            const { data, fault } = await act({ input: { userId, reason } });
            if (!data?.liftPause && fault?.code !== 'CONFLICT') return fault;
            setOpen(false);
            if (fault) onStale(fault);
            else onLifted();
          }}
        >
          <Text size="sm">
            Every device of {firstName} takes codes again at once, and they are told. The wrong codes stay counted: the next one pauses it
            again, for longer.
          </Text>
          <Text size="sm">
            Whoever typed the wrong codes knows the password. <strong>Be sure it was {firstName}</strong>; if it was not, have the password
            changed and leave the pause.
          </Text>
        </ReasonDialog>
      )}
    </>
  );
}
