import { useEffect, useRef, useState } from 'react';
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
import { useDelivery } from './useDelivery';

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
  const choice = (onChosen ? keptChoice : ownChoice) ?? undefined;
  const sent = useSent(challenge);
  const { options, delivery, look } = useDelivery(challenge, choice, sent.at(choice));
  const chosen = options.find((o) => o.id === choice);
  const sending = useSend(challenge, {
    onSent(option, seconds, withoutKey) {
      sent.mark(option, seconds, withoutKey);
      if (option.id !== choice) choose(option.id);
    },
    // The server may offer a way that was none of them before.
    onRefused: (tryInstead) => void (options.some((o) => o.id === tryInstead) || look()),
  });
  const tryInstead = sending.fault?.tryInstead ?? delivery?.tryInstead;
  const instead = options.find((o) => o.id === tryInstead);
  const take = (option: Option) => (isSent(option.kind) && sent.left(option) === 0 ? sending.send(option) : choose(option.id));

  if (sending.fault && isOver(sending.fault)) return <StartOver fault={sending.fault} onStartOver={onStartOver} />;
  if (chosen)
    return (
      <Entry
        key={chosen.id}
        challenge={challenge}
        option={chosen}
        sentAt={sent.at(chosen.id)}
        keyless={sent.keyless(chosen)}
        delivery={delivery}
        instead={instead}
        onInstead={take}
        wait={sent.left(chosen)}
        sending={sending}
        onVerified={onVerified}
        onOtherWay={options.length > 1 ? () => choose(null) : undefined}
        onStartOver={onStartOver}
      />
    );
  return (
    <Choice
      challenge={{ ...challenge, options }}
      left={sent.left}
      sending={sending}
      instead={instead}
      onChoose={take}
      onStartOver={onStartOver}
    />
  );
}

/** Remembers of a challenge by which option a code was sent last, when, and how long there is none other. */
function useSent({ options }: Challenge) {
  const [last, setLast] = useState(() => {
    const sent = options.filter((o) => o.sentAt).sort((a, b) => Date.parse(b.sentAt as string) - Date.parse(a.sentAt as string))[0];
    return { option: sent?.id, at: sent?.sentAt ? Date.parse(sent.sentAt) : 0, wait: sent?.retryAfterSeconds ?? 0, withoutKey: false };
  });
  const [left, start] = useCountdown();
  useEffect(() => start(last.wait), [last, start]);
  return {
    mark: (option: Option, wait: number, withoutKey: boolean) => setLast({ option: option.id, at: serverNow(), wait, withoutKey }),
    at: (option: string | undefined) => (option !== undefined && last.option === option ? last.at : undefined),
    keyless: (option: Option) => last.option === option.id && last.withoutKey,
    left: (option: Option) => (last.option === option.id ? left : 0),
  };
}

interface Sent {
  onSent(option: Option, retryAfterSeconds: number, withoutKey: boolean): void;
  /** The code could not be sent, and the server names the option to try next. */
  onRefused(tryInstead: string): void;
}

function useSend(challenge: Challenge, { onSent, onRefused }: Sent): Sending {
  const { act, busy } = useAct(SendCodeDocument);
  const [fault, setFault] = useState<Fault>();
  const last = useRef<() => void>(null);
  const send = async (option: Option, withoutKey = false) => {
    setFault(undefined);
    last.current = () => void send(option, withoutKey);
    const { data, fault } = await act({ input: { challengeId: challenge.id, optionId: option.id, ...(withoutKey && { withoutKey }) } });
    if (data?.sendCode) return onSent(option, data.sendCode.retryAfterSeconds, withoutKey);
    setFault(fault);
    if (fault?.tryInstead) onRefused(fault.tryInstead);
  };
  return { send: (option, withoutKey) => void send(option, withoutKey), again: () => last.current?.(), busy, fault };
}
