import { Loader } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { Dialog } from '../dialog/Dialog';
import { StartStepUpDocument } from '../gql/graphql';
import { FaultNotice } from '../parts/FaultNotice';
import { useText } from '../text/Text';
import type { Challenge } from './challenge';
import { SecondFactor } from './SecondFactor';
import { StepUp } from './StepUp';

/** Lets every act below it ask for a fresh second factor, in a dialog over what is being done. */
export function StepUpProvider({ children }: { children: React.ReactNode }) {
  const text = useText().secondFactor;
  const [asking, setAsking] = useState(false);
  const answer = useRef<(given: boolean) => void>(null);

  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        answer.current?.(false);
        answer.current = resolve;
        setAsking(true);
      }),
    [],
  );
  const finish = (given: boolean) => {
    setAsking(false);
    answer.current?.(given);
    answer.current = null;
  };

  return (
    <StepUp value={ask}>
      {children}
      <Dialog opened={asking} onClose={() => finish(false)} title={text.title} size="sm" centered>
        {asking && <Asking onDone={() => finish(true)} />}
      </Dialog>
    </StepUp>
  );
}

function Asking({ onDone }: { onDone(): void }) {
  const { act } = useAct(StartStepUpDocument);
  const [challenge, setChallenge] = useState<Challenge>();
  const [fault, setFault] = useState<Fault>();

  const start = useCallback(async () => {
    setChallenge(undefined);
    setFault(undefined);
    const { data, fault } = await act({});
    if (data?.startStepUp) setChallenge(data.startStepUp.challenge);
    else setFault(fault);
  }, [act]);
  useEffect(() => void start(), [start]);

  if (fault) return <FaultNotice fault={fault} onRetry={() => void start()} focus />;
  if (!challenge) return <Loader />;
  return (
    <SecondFactor
      key={challenge.id}
      challenge={challenge}
      onVerified={(next) => (next ? setChallenge(next) : onDone())}
      onStartOver={() => void start()}
    />
  );
}
