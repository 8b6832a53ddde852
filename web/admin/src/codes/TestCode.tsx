import { type Fault, FaultAlert, useAct } from '@factordesk/shared';
import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { SendTestCodeDocument } from '../gql/graphql';
import { useHolds } from '../session/useHolds';
import { Act } from '../user/Act';
import { CODES } from '../user/attention';
import card from '../user/DeviceCard.module.css';
import type { Row } from './rows';

interface Props {
  deviceId: string;
  /** The number, as people read it. */
  to: string;
  onSent(row: Row): void;
}

/** Sends a message without digits to a phone while its owner is on the line, to see whether messages arrive. */
export function TestCode({ deviceId, to, onSent }: Props) {
  const { act } = useAct(SendTestCodeDocument);
  const [said, setSaid] = useState('');
  const [fault, setFault] = useState<Fault>();
  const shown = useHolds('VIEW_NOTIFICATION_HISTORY');
  const send = async () => {
    setFault(undefined);
    setSaid('');
    const { data, fault: refused } = await act({ input: { deviceId } });
    const attempt = data?.sendTestCode?.attempt;
    setFault(attempt ? undefined : refused);
    if (!attempt) return;
    setSaid(`A test ${attempt.channel === 'VOICE' ? 'call' : 'text'} is on its way.`);
    onSent(attempt);
  };
  return (
    <>
      <Act icon="bell" to={to} may={{ allowed: true, reason: null }} onClick={() => void send()}>
        Test
      </Act>
      <Text size="sm" role="status" className={card.line} hidden={!said}>
        {said}{' '}
        {said && shown && (
          <Anchor inherit underline="always" href={`#${CODES}`}>
            See what becomes of it
          </Anchor>
        )}
      </Text>
      {fault && (
        <div className={card.line}>
          <FaultAlert fault={fault} focus />
        </div>
      )}
    </>
  );
}
