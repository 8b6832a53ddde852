import { Icon } from '@factordesk/shared';
import { Text, Title } from '@mantine/core';
import classes from './BackupCodes.module.css';

/** What the act means, in red: the risk, and what comes of it. */
export function Danger({ warning, effects }: { warning: string; effects: string[] }) {
  return (
    <section className={classes.danger} aria-labelledby="danger">
      <Title order={2} size="h5" id="danger" className={classes.dangerTitle}>
        <Icon name="alert" /> Very high risk
      </Title>
      <Text>{warning}</Text>
      <ul className={classes.effects}>
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </section>
  );
}
