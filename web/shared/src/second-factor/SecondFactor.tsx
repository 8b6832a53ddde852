import { useEffect, useState } from 'react';
import { serverNow } from '../api/serverClock';
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
  /** The id of the option whose code is asked for, where whoever shows this keeps it. */
  chosen?: string;
  onChosen?(option: string | null): void;
  /** The code was right. `next` is one more step that is asked for. */
  onVerified(next: Challenge | null): void;
  /** The challenge is of no more use. */
  onStartOver(): void;
}

/** Meets a challenge: choose a way, ask for a code, enter it. The code lives in the field and nowhere else. */
export function SecondFactor({ challenge, chosen: keptChoice, onChosen, onVerified, onStartOver }: Props) {
  const [ownChoice, setOwnChoice] = useState<string | null>(null);
  const choose = onChosen ?? setOwnChoice;
  const chosen = challenge.options.find((o) => o.id === (onChosen ? keptChoice : ownChoice));
  const sent = useSent(challenge);
  const sending = useSend(challenge, (option, seconds) => {
    sent.mark(option, seconds);
    choose(option.id);
  });

  if (sending.fault && isOver(sending.fault)) return <StartOver fault={sending.fault} onStartOver={onStartOver} />;
  if (chosen)
    return (
      <Entry
        key={chosen.id}
        challenge={challenge}
        option={chosen}
        sentAt={sent.at(chosen)}
        wait={sent.left(chosen)}
        sending={sending}
        onVerified={onVerified}
        onOtherWay={challenge.options.length > 1 ? () => choose(null) : undefined}
        onStartOver={onStartOver}
      />
    );
  return (
    <Choice
      challenge={challenge}
      left={sent.left}
      sending={sending}
      onChoose={(option) => (isSent(option.kind) && sent.left(option) === 0 ? sending.send(option) : choose(option.id))}
      onStartOver={onStartOver}
    />
  );
}

/** Remembers of a challenge by which option a code was sent last, when, and how long there is none other. */
function useSent({ options }: Challenge) {
  const [last, setLast] = useState(() => {
    const sent = options.filter((o) => o.sentAt).sort((a, b) => Date.parse(b.sentAt as string) - Date.parse(a.sentAt as string))[0];
    return { option: sent?.id, at: sent?.sentAt ? Date.parse(sent.sentAt) : 0, wait: sent?.retryAfterSeconds ?? 0 };
  });
  const [left, start] = useCountdown();
  useEffect(() => start(last.wait), [last, start]);
  return {
    mark: (option: Option, wait: number) => setLast({ option: option.id, at: serverNow(), wait }),
    at: (option: Option) => (last.option === option.id ? last.at : undefined),
    left: (option: Option) => (last.option === option.id ? left : 0),
  };
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
