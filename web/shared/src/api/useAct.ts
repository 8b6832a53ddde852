import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useCallback, useContext, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useFocusBack } from '../parts/useFocusBack';
import { StepUp } from '../second-factor/StepUp';
import { faultsOf, type Fault } from './fault';
import { operation } from './operation';

/** What came of an act: data, or why it was refused. A part of the data may be there beside faults. */
export interface Outcome<Data> {
  data: Data | undefined;
  fault: Fault | undefined;
}

/**
 * Gives a function that runs a mutation once at a time. Where the server wants a fresh second factor, it asks for one
 * in a dialog and goes on. The outcome goes to the caller and is kept nowhere.
 */
export function useAct<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>) {
  const client = useClient();
  const stepUp = useContext(StepUp);
  const [busy, setBusy] = useState(false);
  const running = useRef<Promise<Outcome<Data>>>(null);
  useFocusBack(busy);

  const run = useCallback(
    async (variables: Variables): Promise<Outcome<Data>> => {
      const once = async (): Promise<Outcome<Data>> => {
        const { data, error } = await client.mutation(operation(document), variables).toPromise();
        return { data, fault: faultsOf(error)[0] };
      };
      const first = await once();
      if (first.fault?.code !== 'STEP_UP_REQUIRED' || !stepUp) return first;
      return (await stepUp()) ? once() : first;
    },
    [client, document, stepUp],
  );

  const act = useCallback(
    (variables: Variables): Promise<Outcome<Data>> => {
      if (running.current) return running.current;
      setBusy(true);
      running.current = run(variables).finally(() => {
        running.current = null;
        setBusy(false);
      });
      return running.current;
    },
    [run],
  );
  return { act, busy };
}
