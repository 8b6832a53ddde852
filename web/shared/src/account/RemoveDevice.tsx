import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { Dialog } from '../dialog/Dialog';
import { RemoveDeviceDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { nameOf, type Device } from './naming';

/** Takes a device off the account, after a word on what that means. */
export function RemoveDevice({ device, onRemoved }: { device: Device; onRemoved(): void }) {
  const words = useWords().account;
  const { act, busy } = useAct(RemoveDeviceDocument);
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault>();

  const remove = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { deviceId: device.id } });
    if (data?.removeDevice) onRemoved();
    else setFault(fault);
  };
  const close = () => {
    setAsking(false);
    setFault(undefined);
  };

  return (
    <div className={`${accountClasses.panel} ${accountClasses.padded}`}>
      <Text>{words.devices.removeHint}</Text>
      <div className={accountClasses.acts}>
        <Button variant="light" color="red" onClick={() => setAsking(true)}>
          {words.devices.remove}
        </Button>
      </div>
      <Dialog opened={asking} onClose={close} title={words.devices.removeTitle(nameOf(device, words))} centered>
        <Text>{words.devices.removeLead}</Text>
        {fault && <FaultAlert fault={fault} focus />}
        <div className={accountClasses.acts}>
          <Button color="red" loading={busy} onClick={() => void remove()}>
            {words.devices.removeNow}
          </Button>
          <Button variant="default" onClick={close} data-autofocus>
            {words.cancel}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
