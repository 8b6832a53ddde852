import { Anchor, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { SendDeviceCodeDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useCountdown } from '../parts/useCountdown';
import { useWords } from '../words/Words';
import { ConfirmForm } from './ConfirmForm';
import classes from './ConfirmSent.module.css';

interface Props {
  deviceId: string;
  /** In how many seconds another code may be asked for. */
  wait: number;
  onConfirmed(): void;
  onStartOver(): void;
}

/** Takes the code that was sent to a new phone or address, or has another one sent. */
export function ConfirmSent({ deviceId, wait, onConfirmed, onStartOver }: Props) {
  const { account, secondFactor } = useWords();
  const { act } = useAct(SendDeviceCodeDocument);
  const [left, start] = useCountdown();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => start(wait), [wait, start]);

  const resend = async () => {
    const { data, fault } = await act({ input: { deviceId } });
    setFault(fault);
    start(data?.sendDeviceCode?.retryAfterSeconds ?? fault?.retryAfterSeconds ?? 0);
  };
  return (
    <>
      {fault && <FaultAlert fault={fault} focus />}
      <ConfirmForm deviceId={deviceId} label={account.devices.sentCode} onConfirmed={onConfirmed} onStartOver={onStartOver}>
        {left > 0 ? (
          <Text size="sm" c="dimmed" className="numeric">
            {secondFactor.resendIn(left)}
          </Text>
        ) : (
          <Anchor component="button" type="button" size="sm" className={classes.resend} onClick={() => void resend()}>
            {secondFactor.resend}
          </Anchor>
        )}
      </ConfirmForm>
    </>
  );
}
