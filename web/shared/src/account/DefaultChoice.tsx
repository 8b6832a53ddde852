import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { SetDefaultDeviceDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import type { Device } from './naming';

/** Makes a device the one that a sign-in offers first. */
export function DefaultChoice({ device }: { device: Device }) {
  const words = useWords().account.devices;
  const { act, busy } = useAct(SetDefaultDeviceDocument);
  const [fault, setFault] = useState<Fault>();
  const choose = async () => setFault((await act({ input: { deviceId: device.id } })).fault);

  return (
    <div className={`${accountClasses.panel} ${accountClasses.padded}`}>
      <Text role="status">{device.isDefault ? words.isFirst : words.offerFirstHint}</Text>
      {fault && <FaultAlert fault={fault} focus />}
      {!device.isDefault && (
        <div className={accountClasses.acts}>
          <Button variant="default" loading={busy} onClick={() => void choose()}>
            {words.offerFirst}
          </Button>
        </div>
      )}
    </div>
  );
}
