import { StatusMark, useAct, When } from '@factordesk/shared';
import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DropJobDocument, RetryJobDocument, type ShownJobFragment } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';
import classes from './Jobs.module.css';
import { what, why } from './words';

interface Props {
  job: ShownJobFragment;
  /** What was done, in a sentence. */
  onDone(words: string): void;
}

/** One job: for whom, how it stands, and what may be done about it. */
export function JobCard({ job, onDone }: Props) {
  const [asking, setAsking] = useState<'retry' | 'drop'>();
  const { user } = job;
  return (
    <li className={`panel ${classes.job}`}>
      <div>
        <Text fw={600} size="sm">
          {what(job)}
        </Text>
        {user && (
          <Anchor size="sm" renderRoot={(props) => <Link to="/users/$userId" params={{ userId: user.id }} {...props} />}>
            {user.firstName} {user.lastName} ({user.email})
          </Anchor>
        )}
        <Text size="sm" c="dimmed">
          Since <When at={job.createdAt} />, tried {job.attempts === 1 ? 'once' : `${job.attempts} times`}
        </Text>
      </div>
      <div>
        {job.givenUpAt ? (
          <>
            <StatusMark tone="bad">Given up</StatusMark>
            <Text size="sm">
              <When at={job.givenUpAt} />: {why(job.reason ?? '')}
            </Text>
          </>
        ) : (
          <>
            <StatusMark tone="busy">Waiting</StatusMark>
            {job.dueAt && (
              <Text size="sm">
                Tried next <When at={job.dueAt} />
              </Text>
            )}
          </>
        )}
      </div>
      <Group gap="xs" className={classes.acts}>
        <Button size="xs" variant="default" onClick={() => setAsking('retry')} aria-label={`${job.givenUpAt ? 'Do again' : 'Do now'}: ${nameOf(job)}`}>
          {job.givenUpAt ? 'Do again' : 'Do now'}
        </Button>
        {!job.givenUpAt && (
          <Button size="xs" variant="default" onClick={() => setAsking('drop')} aria-label={`Give up: ${nameOf(job)}`}>
            Give up
          </Button>
        )}
      </Group>
      {asking && <Act job={job} act={asking} onClose={() => setAsking(undefined)} onDone={onDone} />}
    </li>
  );
}

const nameOf = (job: ShownJobFragment) => (job.user ? `${job.user.firstName} ${job.user.lastName}, ${what(job)}` : what(job));

function Act({ job, act, onClose, onDone }: Props & { act: 'retry' | 'drop'; onClose(): void }) {
  const retry = useAct(RetryJobDocument);
  const drop = useAct(DropJobDocument);
  const again = act === 'retry';
  return (
    <ReasonDialog
      title={again ? 'Do it again?' : 'Give it up?'}
      label={again ? 'Why is it done again?' : 'Why is it given up?'}
      keep="Leave it"
      act={again ? 'Do it' : 'Give up'}
      danger={!again}
      busy={retry.busy || drop.busy}
      onClose={onClose}
      onAct={async (reason) => {
        const input = { jobId: job.id, reason };
        const { fault } = again ? await retry.act({ input }) : await drop.act({ input });
        if (fault) return fault;
        onClose();
        onDone(again ? 'It is being done.' : 'It is given up.');
      }}
    >
      <Text size="sm">
        {again && job.reason === 'UNKNOWN' ? (
          <>
            Nobody knows whether the user got it. <strong>They may get it twice.</strong>
          </>
        ) : again ? (
          'It is tried at once.'
        ) : (
          'It is not tried any more. The user is not told what it was about.'
        )}
      </Text>
    </ReasonDialog>
  );
}
