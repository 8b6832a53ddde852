import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { EndOtherSessionsDocument, EndSessionDocument, MySessionsDocument, type MySessionsQuery } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { StatusMark } from '../parts/StatusMark';
import { When } from '../parts/When';
import { useSession } from '../session/Viewer';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { Page } from './Page';
import { Row } from './Row';
import classes from './SessionsPage.module.css';
import { useMine } from './useMine';

type Session = NonNullable<NonNullable<MySessionsQuery['viewer']>['sessions']>[number];

/** Where the viewer is signed in, and the way to end it there. */
export function SessionsPage() {
  const words = useWords().account.sessions;
  const read = useMine(MySessionsDocument, {});
  const others = useAct(EndOtherSessionsDocument);
  const [fault, setFault] = useState<Fault>();
  const [ended, setEnded] = useState<number>();
  const sessions = read.data?.viewer?.sessions;

  const endOthers = async () => {
    const { data, fault } = await others.act({});
    setFault(fault);
    setEnded(data?.endOtherSessions?.endedSessions);
    read.reload();
  };

  return (
    <Page title={words.title} lead={words.lead}>
      {read.faults[0] && <FaultAlert fault={read.faults[0]} onRetry={read.reload} />}
      {fault && <FaultAlert fault={fault} focus />}
      {sessions && sessions.length > 1 && (
        <Button variant="default" loading={others.busy} onClick={() => void endOthers()}>
          {words.endOthers}
        </Button>
      )}
      <Text role="status" className={classes.said}>
        {ended !== undefined ? words.ended(ended) : sessions?.length === 1 && words.alone}
      </Text>
      {sessions ? (
        <Stack component="ul" className="plain-list">
          {sessions.map((session) => (
            <SessionCard key={session.id} session={session} onEnded={read.reload} />
          ))}
        </Stack>
      ) : (
        !read.faults[0] && <Skeleton h={220} />
      )}
    </Page>
  );
}

function SessionCard({ session, onEnded }: { session: Session; onEnded(): void }) {
  const words = useWords().account.sessions;
  const { signOut } = useSession();
  const { act, busy } = useAct(EndSessionDocument);
  const [fault, setFault] = useState<Fault>();
  const device = session.device ?? words.unknown;

  const end = async () => {
    if (session.current) return signOut();
    const { fault } = await act({ input: { sessionId: session.id } });
    // One that is over already is as well.
    if (fault && fault.code !== 'NOT_FOUND') setFault(fault);
    else onEnded();
  };

  return (
    <li className={accountClasses.panel}>
      <Row icon="device" title={device} mark={session.current && <StatusMark tone="good">{words.current}</StatusMark>} />
      <dl className={accountClasses.facts}>
        <dt>{words.since}</dt>
        <dd>
          <When at={session.startedAt} />
        </dd>
        <dt>{words.lastUsed}</dt>
        <dd>
          <When at={session.lastUsedAt} />
        </dd>
        <dt>{words.from}</dt>
        <dd className="mono">{session.address}</dd>
      </dl>
      {fault && <FaultAlert fault={fault} focus />}
      <div className={`${accountClasses.acts} ${accountClasses.padded}`}>
        <Button variant="default" loading={busy} onClick={() => void end()} aria-label={words.endLabel(device)}>
          {words.end}
        </Button>
      </div>
    </li>
  );
}
