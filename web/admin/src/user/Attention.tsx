import { StatusMark, useNow } from '@factordesk/shared';
import { Anchor, Text, Title } from '@mantine/core';
import classes from './Attention.module.css';
import { attention, HISTORY, type AttentionInput } from './attention';

/** What is wrong with the user, and where it is put right. */
export function Attention({ user }: { user: AttentionInput }) {
  const findings = attention(user, useNow(1000));
  return (
    <section aria-labelledby="attention" className="panel">
      <Title order={2} size="h5" id="attention" className={classes.title}>
        What needs attention
      </Title>
      {findings.length === 0 ? (
        <div className={classes.finding}>
          <StatusMark tone="good">Devices and backup codes are in order</StatusMark>
          <Text size="sm">
            If codes still do not arrive,{' '}
            <Anchor href={`#${HISTORY}`} underline="always">
              fetch the notification history
            </Anchor>
            : it tells what became of each text.
          </Text>
        </div>
      ) : (
        <ul className={classes.list}>
          {findings.map((f) => (
            <li key={f.title} className={classes.finding}>
              <StatusMark tone={f.tone}>{f.title}</StatusMark>
              <Text size="sm">
                {f.advice}{' '}
                {f.where && (
                  <Anchor href={`#${f.where}`} className={classes.act} underline="always">
                    {f.act}
                  </Anchor>
                )}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
