import { Skeleton, Text } from '@mantine/core';
import { MyDevicesDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { When } from '../parts/When';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { ConfirmLater } from './ConfirmLater';
import { DefaultChoice } from './DefaultChoice';
import { DeviceMark } from './DeviceMark';
import { detailOf, iconOf, nameOf, type Device } from './naming';
import { Page } from './Page';
import { RemoveDevice } from './RemoveDevice';
import { RenameForm } from './RenameForm';
import { Row } from './Row';
import { useMine } from './useMine';

/** One way to get a code: what it is, and what its owner may do with it. */
export function DevicePage({ deviceId, onRemoved }: { deviceId: string; onRemoved(): void }) {
  const words = useWords().account.devices;
  const read = useMine(MyDevicesDocument, {});
  const [fault] = read.faults;
  const devices = read.data?.viewer?.user.devices;
  if (!devices)
    return (
      <Page title={words.title}>
        {fault ? <FaultAlert fault={fault} onRetry={read.reload} /> : <Skeleton h={320} />}
      </Page>
    );
  const device = devices.find((d) => d.id === deviceId);
  if (!device) return <Page title={words.gone} lead={words.goneLead} children={null} />;
  return <DeviceView key={device.id} device={device} onRemoved={onRemoved} />;
}

function DeviceView({ device, onRemoved }: { device: Device; onRemoved(): void }) {
  const words = useWords().account;
  return (
    <Page title={nameOf(device, words)} windowTitle={words.devices.title}>
      <div className={accountClasses.panel}>
        <Row icon={iconOf(device)} title={detailOf(device, words) || words.devices.app} mark={<DeviceMark device={device} />} />
        <dl className={accountClasses.facts}>
          <dt>{words.devices.added}</dt>
          <dd>
            <When at={device.addedAt} precision="day" />
          </dd>
          <dt>{words.devices.lastUsed}</dt>
          <dd>{device.lastUsedAt ? <When at={device.lastUsedAt} /> : <Text span>{words.devices.never}</Text>}</dd>
        </dl>
      </div>
      {device.suspendedAt && <Text size="sm">{words.devices.suspendedLead}</Text>}
      {!device.confirmedAt && device.__typename !== 'AuthenticatorDevice' && <ConfirmLater device={device} />}
      <RenameForm device={device} />
      {device.confirmedAt && !device.disabledAt && !device.suspendedAt && <DefaultChoice device={device} />}
      <RemoveDevice device={device} onRemoved={onRemoved} />
    </Page>
  );
}
