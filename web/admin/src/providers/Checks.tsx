import { StatusMark } from '@factordesk/shared';
import { Text } from '@mantine/core';
import type { ShownProviderFragment } from '../gql/graphql';
import classes from './Providers.module.css';
import { checkName, fixers, standing } from './words';

/** What was found, the first cause first: how it stands, what that means, and who can mend it. */
export function Checks({ health }: { health: NonNullable<ShownProviderFragment['health']> }) {
  return (
    <ul className={classes.checks} aria-label="Checks">
      {health.checks.map((check) => (
        <li key={check.id}>
          <Text size="sm" fw={600} component="span">
            {checkName(check.id)}
          </Text>
          <StatusMark tone={standing[check.status].tone} icon={standing[check.status].icon}>
            {standing[check.status].word}
          </StatusMark>
          <Text size="sm" c={check.status === 'PASS' ? 'dimmed' : undefined}>
            {check.explanation}
            {check.fixableBy && <strong> {fixers[check.fixableBy]}</strong>}
          </Text>
        </li>
      ))}
    </ul>
  );
}
