import { faultsOf, operation } from '@factordesk/shared';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useClient, type Client } from 'urql';
import { NumberHistoryDocument, UserHistoryDocument } from '../gql/graphql';
import { next, type Reading, type Target } from './reading';

/**
 * Reads histories, each only when told to: a look is recorded and asks Twilio, so nothing here reads one again by
 * itself, as a query that watches its cache would. Of answers that overtake each other the last asked for counts.
 */
export function useHistory(userId: string, onRead: () => void) {
  const client = useClient();
  const [reading, dispatch] = useReducer(next, null);
  const asked = useRef(0);
  useEffect(() => () => void asked.current++, []);

  const read = useCallback(
    async (target: Target, after?: string) => {
      const turn = ++asked.current;
      const { page, error } = await ask(client, userId, target, after);
      if (turn !== asked.current) return;
      const fault = faultsOf(error)[0];
      if (page) {
        dispatch({ type: 'answer', page });
        if (target.from !== 'anywhere') onRead();
      }
      else dispatch({ type: 'refusal', fault: fault ?? { code: 'NOT_FOUND', message: 'This user can no longer be seen.', path: '' } });
    },
    [client, userId, onRead],
  );

  return {
    reading,
    fetch(target: Target) {
      dispatch({ type: 'ask', target });
      void read(target);
    },
    refresh({ target }: Reading) {
      dispatch({ type: 'askAgain' });
      void read(target);
    },
    fetchOlder({ target, history }: Reading) {
      dispatch({ type: 'askOlder' });
      void read(target, history?.rows.at(-1)?.cursor);
    },
  };
}

async function ask(client: Client, user: string, target: Target, after?: string) {
  const { number } = target;
  const fresh = { requestPolicy: 'network-only' } as const;
  if (target.from === 'anywhere') {
    const { data, error } = await client.query(operation(NumberHistoryDocument), { number: target.number, after }, fresh).toPromise();
    return { page: data?.notificationHistory, error };
  }
  const { data, error } = await client.query(operation(UserHistoryDocument), { user, number, after }, fresh).toPromise();
  return { page: data?.user?.notificationHistory, error };
}
