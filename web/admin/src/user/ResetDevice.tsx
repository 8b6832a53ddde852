import { useAct, type Fault } from '@factordesk/shared';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { ResetDeviceDocument } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';
import { Act, type Allowance } from './Act';
import { nameOf } from './attention';
import type { Device } from './device';
import classes from './DeviceCard.module.css';

interface Props {
  device: Device;
  firstName: string;
  may: Allowance;
  /** What the user can still sign in with afterwards. */
  others: Device[];
  /** How many backup codes they have. */
  codesLeft: number;
  mayMakeCodes: Allowance;
  onReset(device: Device): void;
  onStale(fault: Fault): void;
}

/** Takes a lost device off the account, once staff have read what that does. */
export function ResetDevice({ device, firstName, may, others, codesLeft, mayMakeCodes, onReset, onStale }: Props) {
  const { act, busy } = useAct(ResetDeviceDocument);
  const [open, setOpen] = useState(false);
  const name = nameOf(device);
  return (
    <>
      <Act icon="cross" to={name} may={may} onClick={() => setOpen(true)}>
        Reset
      </Act>
      {open && (
        <ReasonDialog
          title={`Reset ${name}?`}
          label="Why is it reset?"
          keep="Keep the device"
          act="Reset device"
          danger
          busy={busy}
          onClose={() => setOpen(false)}
          onAct={async (reason) => {
            const { data, fault } = await act({ input: { deviceId: device.id, reason } });
            if (!data?.resetDevice && fault?.code !== 'NOT_FOUND') return fault;
            setOpen(false);
            if (fault) onStale(fault);
            else onReset(device);
          }}
        >
          <ul className={classes.effects}>
            <li>It comes off the account at once, and a code that is on its way to it no longer works.</li>
            <li>{firstName} is told by email and on every other device they have, not on this one.</li>
            <li>
              <strong>This can’t be undone.</strong> Only {firstName} can add it again.
            </li>
          </ul>
          {others.length > 0 ? (
            <Text size="sm">They can still sign in with {others.map(nameOf).join(', ')}.</Text>
          ) : (
            <LastDevice firstName={firstName} codesLeft={codesLeft} mayMakeCodes={mayMakeCodes} />
          )}
        </ReasonDialog>
      )}
    </>
  );
}

function LastDevice({ firstName, codesLeft, mayMakeCodes }: Pick<Props, 'firstName' | 'codesLeft' | 'mayMakeCodes'>) {
  const wayIn = () => {
    if (codesLeft > 0) return `${firstName} gets in with a backup code (${codesLeft} left), and then adds an authenticator app.`;
    if (mayMakeCodes.allowed) return `Generate Backup Codes next and hand one over: ${firstName} gets in with it, and then adds an authenticator app.`;
    return `${firstName} is locked out until they have a backup code, which you can’t make: ${mayMakeCodes.reason ?? 'ask a colleague.'}`;
  };
  return (
    <div className={classes.last}>
      <Text size="sm" fw={600}>
        It is the last device that signs them in
      </Text>
      <Text size="sm">
        The password alone never does. {wayIn()}
      </Text>
    </div>
  );
}
