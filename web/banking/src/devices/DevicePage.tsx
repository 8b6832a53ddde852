import { FaultNotice, When } from '@factordesk/shared';
import { Skeleton, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { MyDevicesDocument } from '../gql/graphql';
import { Page } from '../layout/Page';
import { Row } from '../layout/Row';
import { useMine } from '../session/useMine';
import { useWords } from '../words/Words';
import { ConfirmLater } from './ConfirmLater';
import { DefaultChoice } from './DefaultChoice';
import { DeviceMark } from './DeviceMark';
import { detailOf, iconOf, nameOf, type Device } from './naming';
import { RemoveDevice } from './RemoveDevice';
import { RenameForm } from './RenameForm';

/** One way to get a code: what it is, and what its owner may do with it. */
export function DevicePage() {
  const { deviceId } = useParams({ from: '/devices/$deviceId' });
  const words = useWords().devices;
  const read = useMine(MyDevicesDocument, {});
  const [fault] = read.faults;
  const devices = read.data?.viewer?.user.devices;
  if (!devices)
    return (
      <Page title={words.title}>
        {fault ? <FaultNotice fault={fault} onRetry={read.reload} /> : <Skeleton h={320} />}
      </Page>
    );
  const device = devices.find((d) => d.id === deviceId);
  if (!device) return <Page title={words.gone} lead={words.goneLead} children={null} />;
  return <DeviceView key={device.id} device={device} />;
}

function DeviceView({ device }: { device: Device }) {
  const words = useWords();
  return (
    <Page title={nameOf(device, words)} windowTitle={words.devices.title}>
      <div className="panel section-body">
        <Row icon={iconOf(device)} title={detailOf(device, words) || words.devices.app} mark={<DeviceMark device={device} />} />
        <dl className="facts">
          <dt>{words.devices.added}</dt>
          <dd>
            <When at={device.addedAt} precision="day" />
          </dd>
          <dt>{words.devices.lastUsed}</dt>
          <dd>{device.lastUsedAt ? <When at={device.lastUsedAt} /> : <Text span>{words.devices.never}</Text>}</dd>
        </dl>
      </div>
      {!device.confirmedAt && device.__typename !== 'AuthenticatorDevice' && <ConfirmLater device={device} />}
      <RenameForm device={device} />
      {device.confirmedAt && !device.disabledAt && <DefaultChoice device={device} />}
      <RemoveDevice device={device} />
    </Page>
  );
}
