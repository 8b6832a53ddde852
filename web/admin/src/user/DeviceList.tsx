import { FaultNotice, type Fault } from '@factordesk/shared';
import { Stack, Text } from '@mantine/core';
import type { UserDevicesFragment } from '../gql/graphql';
import { DeviceCard } from './DeviceCard';

interface Props {
  user: UserDevicesFragment;
  /** Why the devices are not there, or one of them no longer is. */
  fault?: Fault;
  /** The devices have changed, which an act met as a fault. */
  onStale(fault?: Fault): void;
}

/** The user's devices, each with what may be done to it. */
export function DeviceList({ user, fault, onStale }: Props) {
  const mayChange = user.viewerCan?.updateDeviceNumberType ?? { allowed: false, reason: null };
  return (
    <Stack gap="sm">
      {fault && <FaultNotice fault={fault} onRetry={() => onStale()} focus />}
      {user.devices?.length === 0 && (
        <div className="panel">
          <Text size="sm" p="md">
            No device. The user adds devices themselves, in the security settings of Digital Banking; staff cannot add one for them.
          </Text>
        </div>
      )}
      {user.devices?.map((device) => (
        <DeviceCard key={device.id} device={device} mayChange={mayChange} onStale={onStale} />
      ))}
    </Stack>
  );
}
