import { Copyable, type Fault, Icon, StatusMark, useNow, When, type IconName } from '@factordesk/shared';
import { Badge, Group, Text, Title } from '@mantine/core';
import type { Row } from '../codes/rows';
import { TestCode } from '../codes/TestCode';
import type { UserDevicesFragment } from '../gql/graphql';
import type { Allowance } from './Act';
import { deviceAnchor, isPaused, nameOf, waysWithout } from './attention';
import { CommunicationMethod } from './CommunicationMethod';
import type { Device } from './device';
import classes from './DeviceCard.module.css';
import { LiftPause } from './LiftPause';
import { PhoneFacts } from './PhoneFacts';
import { ResetDevice } from './ResetDevice';
import { RestoreDevice } from './RestoreDevice';
import { mailRefused } from './words';

const kinds: Record<Device['__typename'], { icon: IconName; words: string }> = {
  PhoneDevice: { icon: 'device', words: 'Phone' },
  EmailDevice: { icon: 'mail', words: 'Email' },
  AuthenticatorDevice: { icon: 'key', words: 'Authenticator app' },
};

interface Props {
  device: Device;
  user: UserDevicesFragment;
  /** How many backup codes the user has. */
  codesLeft: number;
  onTested(row: Row): void;
  onReset(device: Device): void;
  onRestored(device: Device): void;
  onLifted(): void;
  onStale(fault?: Fault): void;
}

const UNKNOWN: Allowance = { allowed: false, reason: null };

export function DeviceCard({ device, user, codesLeft, onTested, onReset, onRestored, onLifted, onStale }: Props) {
  const kind = kinds[device.__typename];
  const { viewerCan: can, firstName } = user;
  const paused = isPaused(device, useNow(1000)) && !device.disabledAt;
  const phone = device.__typename === 'PhoneDevice' ? device : undefined;
  return (
    <article className={`panel ${classes.card}`} id={deviceAnchor(device.id)} tabIndex={-1} aria-labelledby={`${device.id}-name`}>
      <div className={classes.head}>
        <Icon name={kind.icon} size={22} />
        <div className={classes.what}>
          <Title order={3} size="h5" id={`${device.id}-name`}>
            {device.label || kind.words}
          </Title>
          <Group gap="4px 12px">
            <Text size="sm" c="dimmed">
              {kind.words}
            </Text>
            <Address device={device} />
            {device.isDefault && (
              <Badge variant="default" size="sm" tt="none">
                Offered first
              </Badge>
            )}
            <State device={device} paused={paused} />
          </Group>
        </div>
        {device.suspendedAt && (
          <RestoreDevice
            device={device}
            firstName={firstName}
            may={can?.restoreDevice ?? UNKNOWN}
            onRestored={() => onRestored(device)}
            onStale={onStale}
          />
        )}
        {paused && (
          <LiftPause userId={user.id} firstName={firstName} to={nameOf(device)} may={can?.liftPause ?? UNKNOWN} onLifted={onLifted} onStale={onStale} />
        )}
        {phone && <CommunicationMethod phone={phone} mayChange={can?.updateDeviceNumberType ?? UNKNOWN} onStale={onStale} />}
        {phone && user.kind === 'CUSTOMER' && can?.resetDevice.allowed && (
          <TestCode deviceId={phone.id} to={phone.formatted} onSent={onTested} />
        )}
        <ResetDevice
          device={device}
          firstName={firstName}
          may={can?.resetDevice ?? UNKNOWN}
          others={waysWithout(user.devices ?? [], device.id)}
          codesLeft={codesLeft}
          mayMakeCodes={can?.generateBackupCodes ?? UNKNOWN}
          onReset={onReset}
          onStale={onStale}
        />
      </div>
      <dl className={classes.facts}>
        {phone && <PhoneFacts phone={phone} />}
        <Time name="Added" at={device.addedAt} />
        <Time name="Confirmed" at={device.confirmedAt} never="Not yet" />
        <Time name="Last used" at={device.lastUsedAt} never="Never" />
        {device.suspendedAt && <Time name="Suspended" at={device.suspendedAt} />}
        {device.suspensionReason && (
          <div className={classes.wide}>
            <dt>Why it is suspended</dt>
            <dd>{device.suspensionReason}</dd>
          </div>
        )}
        {device.__typename === 'EmailDevice' && device.mailRefusedAt && <Time name={`${mailRefused} since`} at={device.mailRefusedAt} />}
        {device.disabledAt && <Time name="Switched off" at={device.disabledAt} />}
        {paused && <Time name="Paused until" at={device.pausedUntil} />}
      </dl>
    </article>
  );
}

function Address({ device }: { device: Device }) {
  if (device.__typename === 'AuthenticatorDevice') return null;
  if (device.__typename === 'EmailDevice') return <Copyable value={device.address} label="email address of the device" />;
  return (
    <span className="mono numeric">
      <Copyable value={device.phoneNumber} label="phone number">
        {device.formatted}
      </Copyable>
    </span>
  );
}

function State({ device, paused }: { device: Device; paused: boolean }) {
  if (device.suspendedAt) return <StatusMark tone="bad">Suspended</StatusMark>;
  if (device.disabledAt) return <StatusMark tone="bad">Switched off</StatusMark>;
  if (paused) return <StatusMark tone="warn">Paused by wrong codes</StatusMark>;
  if (!device.confirmedAt) return <StatusMark tone="warn">Not confirmed</StatusMark>;
  return <StatusMark tone="good">In use</StatusMark>;
}

function Time({ name, at, never = '' }: { name: string; at: string | null; never?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{at ? <When at={at} /> : never}</dd>
    </div>
  );
}
