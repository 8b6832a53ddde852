import { Loader } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAct, type Outcome } from '../api/useAct';
import { Dialog } from '../dialog/Dialog';
import { StartStepUpDocument, type StartStepUpMutation } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import type { Challenge } from './challenge';
import { SecondFactor } from './SecondFactor';
import { StepUp } from './StepUp';

/** Lets every act below it ask for a fresh second factor, in a dialog over what is being done. */
export function StepUpProvider({ children }: { children: React.ReactNode }) {
  const words = useWords().secondFactor;
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
      <Dialog opened={asking} onClose={() => finish(false)} title={words.title} size="sm" centered>
        {asking && <Asking onDone={() => finish(true)} />}
      </Dialog>
    </StepUp>
  );
}

function Asking({ onDone }: { onDone(): void }) {
  const { act } = useAct(StartStepUpDocument);
  const [started, setStarted] = useState<Outcome<StartStepUpMutation>>();
  const [next, setNext] = useState<Challenge>();
  const challenge = next ?? started?.data?.startStepUp?.challenge;

  useEffect(() => void act({}).then(setStarted), [act]);
  const startOver = () => {
    setStarted(undefined);
    setNext(undefined);
    void act({}).then(setStarted);
  };

  if (started?.fault) return <FaultAlert fault={started.fault} onRetry={startOver} focus />;
  if (!challenge) return <Loader />;
  return (
    <SecondFactor
      key={challenge.id}
      challenge={challenge}
      onVerified={(more) => (more ? setNext(more) : onDone())}
      onStartOver={startOver}
    />
  );
}
