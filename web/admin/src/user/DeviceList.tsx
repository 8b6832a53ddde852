import { FaultNotice, type Fault } from '@factordesk/shared';
import { Stack, Text, Title } from '@mantine/core';
import type { UserDevicesFragment } from '../gql/graphql';
import { DEVICES } from './attention';
import { DeviceCard } from './DeviceCard';

interface Props {
  user: UserDevicesFragment;
  /** Why the devices are not there. */
  fault?: Fault;
  onReload(): void;
}

/** The user's devices, each with what may be done to it. */
export function DeviceList({ user, fault, onReload }: Props) {
  const mayChange = user.viewerCan?.updateDeviceNumberType ?? { allowed: false, reason: null };
  return (
    <section aria-labelledby={DEVICES}>
      <Title order={2} size="h4" id={DEVICES} tabIndex={-1} mb="sm">
        Two-Factor Authentication
      </Title>
      {fault && <FaultNotice fault={fault} onRetry={onReload} />}
      {user.devices?.length === 0 && (
        <div className="panel">
          <Text size="sm" p="md">
            No device. The user adds devices themselves, in the security settings of Digital Banking; staff cannot add one for them.
          </Text>
        </div>
      )}
      <Stack gap="sm">
        {user.devices?.map((device) => (
          <DeviceCard key={device.id} device={device} mayChange={mayChange} onReload={onReload} />
        ))}
      </Stack>
    </section>
  );
}
