import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { SendDeviceCodeDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { ConfirmSent } from './ConfirmSent';
import type { Device } from './naming';

/** Sends a phone or an address that was added before the code that it still waits for. */
export function ConfirmLater({ device }: { device: Device }) {
  const words = useWords().account.devices;
  const { act, busy } = useAct(SendDeviceCodeDocument);
  const [wait, setWait] = useState<number>();
  const [fault, setFault] = useState<Fault>();
  const send = async () => {
    const { data, fault } = await act({ input: { deviceId: device.id } });
    setFault(fault);
    setWait(data?.sendDeviceCode?.retryAfterSeconds);
  };
  // Once it is confirmed the device is read anew, and this goes.
  if (wait !== undefined) return <ConfirmSent deviceId={device.id} wait={wait} onConfirmed={() => undefined} onStartOver={() => setWait(undefined)} />;
  return (
    <div className={`${accountClasses.panel} ${accountClasses.padded}`}>
      <Text>{words.confirmHint}</Text>
      {fault && <FaultAlert fault={fault} focus />}
      <div className={accountClasses.acts}>
        <Button loading={busy} onClick={() => void send()}>
          {words.sendCode}
        </Button>
      </div>
    </div>
  );
}
