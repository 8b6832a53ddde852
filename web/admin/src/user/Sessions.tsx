import { type Fault, FaultAlert, When } from '@factordesk/shared';
import { Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { UserSessionsFragment } from '../gql/graphql';
import { AccountActs } from './AccountActs';
import { SESSIONS } from './attention';
import card from './DeviceCard.module.css';
import { DoneAlert } from './DoneAlert';
import classes from './Sessions.module.css';

interface Props {
  user: UserSessionsFragment;
  /** Why the sessions are not there. */
  fault?: Fault;
  onChanged(): void;
}

/** Where the user is signed in, and the ends that may be put to it. */
export function Sessions({ user, fault, onChanged }: Props) {
  const [done, setDone] = useState<string>();
  return (
    <section className={`panel ${card.card}`} aria-labelledby={SESSIONS}>
      <div className={card.head}>
        <div className={card.what}>
          <Title order={2} size="h4" id={SESSIONS}>
            Sessions
          </Title>
          <Text size="sm" c="dimmed">
            Where {user.firstName} is signed in now.
          </Text>
        </div>
        <AccountActs
          user={user}
          onDone={(said) => {
            setDone(said);
            onChanged();
          }}
          onStale={onChanged}
        />
      </div>
      <div className={classes.body}>
        {done && <DoneAlert key={done}>{done}</DoneAlert>}
        {fault && <FaultAlert fault={fault} onRetry={onChanged} />}
        {user.sessions?.length === 0 && <Text size="sm">Nowhere.</Text>}
        {user.sessions && user.sessions.length > 0 && (
          <ul className="plain-list">
            {user.sessions.map((session) => (
              <Session key={session.id} session={session} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Session({ session }: { session: NonNullable<UserSessionsFragment['sessions']>[number] }) {
  return (
    <li className={classes.session}>
      <Text size="sm" fw={600}>
        {session.device ?? 'Unknown browser'}
      </Text>
      <dl className={classes.facts}>
        <div>
          <dt>Since</dt>
          <dd>
            <When at={session.startedAt} />
          </dd>
        </div>
        <div>
          <dt>Last used</dt>
          <dd>
            <When at={session.lastUsedAt} />
          </dd>
        </div>
        {session.address && (
          <div>
            <dt>From</dt>
            <dd className="mono">{session.address}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}
