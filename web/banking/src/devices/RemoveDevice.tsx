import { FaultNotice, useAct, type Fault } from '@factordesk/shared';
import { Button, Modal, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RemoveDeviceDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { nameOf, type Device } from './naming';

/** Takes a device off the account, after a word on what that means. */
export function RemoveDevice({ device }: { device: Device }) {
  const words = useWords();
  const navigate = useNavigate();
  const { act, busy } = useAct(RemoveDeviceDocument);
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault>();

  const remove = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { deviceId: device.id } });
    if (data?.removeDevice) await navigate({ to: '/', replace: true });
    else setFault(fault);
  };
  const close = () => {
    setAsking(false);
    setFault(undefined);
  };

  return (
    <div className="panel section-body padded">
      <Text>{words.devices.removeHint}</Text>
      <div className="acts">
        <Button variant="light" color="red" onClick={() => setAsking(true)}>
          {words.devices.remove}
        </Button>
      </div>
      <Modal opened={asking} onClose={close} title={words.devices.removeTitle(nameOf(device, words))} centered>
        <Text>{words.devices.removeLead}</Text>
        {fault && <FaultNotice fault={fault} focus />}
        <div className="acts">
          <Button color="red" loading={busy} onClick={() => void remove()}>
            {words.devices.removeNow}
          </Button>
          <Button variant="default" onClick={close} data-autofocus>
            {words.cancel}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
