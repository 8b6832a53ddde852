import { type Fault, FaultAlert, StatusMark } from '@factordesk/shared';
import { Anchor, Text, Title } from '@mantine/core';
import type { AttentionUserFragment } from '../gql/graphql';
import classes from './Attention.module.css';
import { HISTORY, tones, wayTo } from './attention';

/** What is wrong with the user, and where it is put right. */
export function Attention({ user: { attention }, fault }: { user: AttentionUserFragment; fault?: Fault }) {
  return (
    <section aria-labelledby="attention" className="panel">
      <Title order={2} size="h5" id="attention" className={classes.title}>
        What needs attention
      </Title>
      {!attention ? (
        <div className={classes.finding}>{fault && <FaultAlert fault={fault} />}</div>
      ) : attention.length === 0 ? (
        <div className={classes.finding}>
          <StatusMark tone="good">Devices and backup codes are in order, and no text or call is known to have failed</StatusMark>
          <Text size="sm">
            If codes still do not arrive,{' '}
            <Anchor href={`#${HISTORY}`} underline="always">
              fetch the notification history
            </Anchor>
            : it asks Twilio what became of each text.
          </Text>
        </div>
      ) : (
        <ul className={classes.list}>
          {attention.map((f) => {
            const way = wayTo(f);
            return (
              <li key={f.title} className={classes.finding}>
                <StatusMark tone={tones[f.severity]}>{f.title}</StatusMark>
                <Text size="sm">
                  {f.advice}{' '}
                  {way && (
                    <Anchor href={`#${way.id}`} className={classes.act} underline="always">
                      {way.act}
                    </Anchor>
                  )}
                </Text>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
