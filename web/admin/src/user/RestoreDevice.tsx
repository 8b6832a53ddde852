import { useAct, type Fault } from '@factordesk/shared';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { RestoreDeviceDocument } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';
import { Act, type Allowance } from './Act';
import { nameOf } from './attention';
import type { Device } from './device';
import classes from './DeviceCard.module.css';

interface Props {
  device: Device;
  firstName: string;
  may: Allowance;
  onRestored(): void;
  /** It is not suspended any more, or gone. */
  onStale(fault: Fault): void;
}

/** Brings back a suspended device, once staff are sure whose it is. */
export function RestoreDevice({ device, firstName, may, onRestored, onStale }: Props) {
  const { act, busy } = useAct(RestoreDeviceDocument);
  const [open, setOpen] = useState(false);
  const name = nameOf(device);
  return (
    <>
      <Act icon="check" to={name} may={may} onClick={() => setOpen(true)}>
        Restore
      </Act>
      {open && (
        <ReasonDialog
          title={`Restore ${name}?`}
          label="Why is it restored?"
          keep="Leave it suspended"
          act="Restore device"
          busy={busy}
          onClose={() => setOpen(false)}
          onAct={async (reason) => {
            const { data, fault } = await act({ input: { deviceId: device.id, reason } });
            if (!data?.restoreDevice && fault?.code !== 'CONFLICT' && fault?.code !== 'NOT_FOUND') return fault;
            setOpen(false);
            if (fault) onStale(fault);
            else onRestored();
          }}
        >
          <Text size="sm">{device.suspensionReason}</Text>
          <ul className={classes.effects}>
            <li>It signs {firstName} in again at once, also while the account is frozen.</li>
            <li>{firstName} is told by email and on every other device they have, not on this one.</li>
          </ul>
          <Text size="sm">
            <strong>Be sure that it is {firstName}’s.</strong> If it is not, reset it.
          </Text>
        </ReasonDialog>
      )}
    </>
  );
}
