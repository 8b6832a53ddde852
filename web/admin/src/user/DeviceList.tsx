import { FaultAlert, type Fault } from '@factordesk/shared';
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Row } from '../codes/rows';
import type { FrozenUserFragment, UserDevicesFragment } from '../gql/graphql';
import { nameOf, waysWithout } from './attention';
import type { Device } from './device';
import { DeviceCard } from './DeviceCard';
import { DoneAlert } from './DoneAlert';
import { Frozen } from './Frozen';

interface Props {
  user: UserDevicesFragment & FrozenUserFragment;
  /** How many backup codes the user has. */
  codesLeft: number;
  /** Why the devices are not there, or one of them no longer is. */
  fault?: Fault;
  /** A test message is on its way. */
  onTested(row: Row): void;
  /** The devices have changed: by an act, or by someone else, which an act met as a fault. */
  onStale(fault?: Fault): void;
}

/** What was done last. */
type Done = { what: 'reset'; device: Device } | { what: 'restored'; device: Device } | { what: 'lifted' } | { what: 'unfrozen' };

/** The user's devices, each with what may be done to it. */
export function DeviceList({ user, codesLeft, fault, onTested, onStale }: Props) {
  const [done, setDone] = useState<Done>();
  const finish = (next: Done) => {
    setDone(next);
    onStale();
  };
  return (
    <Stack gap="sm">
      {fault && <FaultAlert fault={fault} onRetry={() => onStale()} focus />}
      {done && (
        <DoneAlert key={'device' in done ? `${done.what} ${done.device.id}` : done.what}>
          {done.what === 'reset' && <WasReset device={done.device} user={user} codesLeft={codesLeft} />}
          {done.what === 'restored' && `${nameOf(done.device)} signs the user in again. The user is told.`}
          {done.what === 'lifted' && 'The pause is lifted: codes are taken again. The user is told.'}
          {done.what === 'unfrozen' && 'The account is unfrozen: devices can be changed again. The user is told.'}
        </DoneAlert>
      )}
      <Frozen user={user} onUnfrozen={() => finish({ what: 'unfrozen' })} />
      {user.devices?.length === 0 && (
        <div className="panel">
          <Text size="sm" p="md">
            No device. The user adds devices themselves, in the security settings of Digital Banking; staff cannot add one for them.
          </Text>
        </div>
      )}
      {user.devices?.map((device) => (
        <DeviceCard
          key={device.id}
          device={device}
          user={user}
          codesLeft={codesLeft}
          onTested={onTested}
          onReset={() => finish({ what: 'reset', device })}
          onRestored={(restored) => finish({ what: 'restored', device: restored })}
          onLifted={() => finish({ what: 'lifted' })}
          onStale={onStale}
        />
      ))}
    </Stack>
  );
}

/** Says that a device is gone and, where nothing else signs the user in, what comes next. */
function WasReset({ device, user, codesLeft }: { device: Device } & Pick<Props, 'user' | 'codesLeft'>) {
  const others = waysWithout(user.devices ?? [], device.id);
  const codes = user.viewerCan?.generateBackupCodes;
  return (
    <>
      {nameOf(device)} was reset. The user is told.{' '}
      {others.length === 0 && codesLeft === 0 && (
        <>
          Nothing signs them in now:{' '}
          {codes?.allowed ? (
            <Anchor inherit underline="always" renderRoot={(props) => <Link to="/users/$userId/backup-codes" params={{ userId: user.id }} {...props} />}>
              generate backup codes
            </Anchor>
          ) : (
            `they need a backup code, which you can’t make. ${codes?.reason ?? ''}`
          )}
          {codes?.allowed && '.'}
        </>
      )}
    </>
  );
}
