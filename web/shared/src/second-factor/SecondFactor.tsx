import { useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { SendCodeDocument } from '../gql/graphql';
import { useCountdown } from '../parts/useCountdown';
import type { Challenge, Option, Sending } from './challenge';
import { Choice } from './Choice';
import { Entry } from './Entry';
import { isSent } from './kinds';
import { isOver, StartOver } from './StartOver';

interface Props {
  challenge: Challenge;
  /** The code was right. `next` is one more step that is asked for. */
  onVerified(next: Challenge | null): void;
  /** The challenge is of no more use. */
  onStartOver(): void;
}

/** Meets a challenge: choose a way, ask for a code, enter it. The code lives in the field and nowhere else. */
export function SecondFactor({ challenge, onVerified, onStartOver }: Props) {
  const [chosen, setChosen] = useState<Option | null>(null);
  const [wait, startWait] = useCountdown();
  const [waitFor, setWaitFor] = useState('');
  const sending = useSend(challenge, (option, seconds) => {
    setWaitFor(option.id);
    startWait(seconds);
    setChosen(option);
  });
  const left = (option: Option) => (waitFor === option.id ? wait : 0);

  if (sending.fault && isOver(sending.fault)) return <StartOver fault={sending.fault} onStartOver={onStartOver} />;
  if (chosen)
    return (
      <Entry
        key={chosen.id}
        challenge={challenge}
        option={chosen}
        wait={left(chosen)}
        sending={sending}
        onVerified={onVerified}
        onOtherWay={challenge.options.length > 1 ? () => setChosen(null) : undefined}
        onStartOver={onStartOver}
      />
    );
  return (
    <Choice
      challenge={challenge}
      left={left}
      sending={sending}
      onChoose={(option) => (isSent(option.kind) && left(option) === 0 ? sending.send(option) : setChosen(option))}
      onStartOver={onStartOver}
    />
  );
}

function useSend(challenge: Challenge, onSent: (option: Option, retryAfterSeconds: number) => void): Sending {
  const { act, busy } = useAct(SendCodeDocument);
  const [fault, setFault] = useState<Fault>();
  const send = async (option: Option) => {
    setFault(undefined);
    const { data, fault } = await act({ input: { challengeId: challenge.id, optionId: option.id } });
    if (data?.sendCode) onSent(option, data.sendCode.retryAfterSeconds);
    else setFault(fault);
  };
  return { send: (option) => void send(option), busy, fault };
}
