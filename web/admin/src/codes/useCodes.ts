import { faultsOf, operation, useLive, useSession, type Fault } from '@factordesk/shared';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { CodeAttemptUpdatedDocument, CodeTimelineDocument } from '../gql/graphql';
import { changed, newest, older, type Row, type Rows } from './rows';

/** How long the first page waits for the stream, which should be open before anything is read. */
const STREAM_WITHIN_MS = 2_000;

/** What is known of a user's codes, and what is being asked. */
interface State {
  known?: Rows;
  busy?: 'newest' | 'older';
  fault?: { fault: Fault; asked: 'newest' | 'older' };
}

/**
 * Reads a user's codes once `shown`, and follows what becomes of them. Each look is on record, so the page is read again
 * only where a stream has opened anew, for something may have been missed, or was refused, to learn why. Without a stream
 * it is what it was when read.
 */
export function useCodes(userId: string, shown: boolean) {
  const client = useClient();
  const { ended } = useSession();
  const [state, setState] = useState<State>({ busy: 'newest' });
  const [live, setLive] = useState(false);
  const turn = useRef(0);
  const meanwhile = useRef<Row[]>([]);
  const begun = useRef(false);

  const read = useCallback(
    async (asked: 'newest' | 'older', after?: string) => {
      const mine = ++turn.current;
      begun.current = true;
      meanwhile.current = [];
      setState(({ known, fault }) => ({ known, fault: known ? fault : undefined, busy: asked }));
      const { data, error } = await client.query(operation(CodeTimelineDocument), { user: userId, after }, { requestPolicy: 'network-only' }).toPromise();
      if (mine !== turn.current) return;
      const page = data?.user?.codeTimeline;
      const fault = faultsOf(error)[0] ?? { code: 'NOT_FOUND', message: 'This user can no longer be seen.', path: '' };
      setState(({ known }) => {
        if (!page) return { known, fault: { fault, asked } };
        const rows = { rows: page.nodes, older: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null };
        // What the stream told in the meantime is newer than what was read.
        return { known: meanwhile.current.reduce(changed, (asked === 'older' ? older : newest)(known, rows)) };
      });
    },
    [client, userId],
  );

  const tell = useCallback((row: Row) => {
    meanwhile.current.push(row);
    setState((s) => (s.known ? { ...s, known: changed(s.known, row) } : s));
  }, []);

  useLive(
    CodeAttemptUpdatedDocument,
    { user: userId },
    {
      pause: !shown || ended,
      onOpen() {
        setLive(true);
        void read('newest');
      },
      onData: ({ codeAttemptUpdated: row }) => row && tell(row),
      onLost(refused) {
        setLive(false);
        if (refused || !begun.current) void read('newest');
      },
    },
  );
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => !begun.current && void read('newest'), STREAM_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [shown, read]);
  useEffect(() => () => void turn.current++, []);

  return { ...state, live, tell, retry: () => void read('newest'), more: () => void read('older', state.known?.older ?? undefined) };
}
