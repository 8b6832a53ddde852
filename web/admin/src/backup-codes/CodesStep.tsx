import { Icon, useSession, When } from '@factordesk/shared';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Handover } from '../gql/graphql';
import classes from './Codes.module.css';
import { CodeLine } from './CodeLine';
import { StepTitle } from './StepTitle';

export interface Made {
  codes: string[];
  expiresAt: string;
  instructions: string;
}

interface Props {
  made: Made;
  name: string;
  handover: Handover;
  onDone(): void;
}

/** The codes, this once: to be read out or printed. They are never copied, sent or kept. */
export function CodesStep({ made, name, handover, onDone }: Props) {
  const { viewer } = useSession();
  const [reading, setReading] = useState<number>();
  return (
    <Stack gap="lg" className={classes.sheet}>
      <div>
        <Text size="sm" className={classes.printed}>
          {viewer.institution.name}
        </Text>
        <StepTitle step={3}>Backup codes for {name}</StepTitle>
        <Text c="dimmed" size="sm" mt={4}>
          {made.codes.length} codes, one sign-in each. They stop working <When at={made.expiresAt} />.
        </Text>
      </div>
      <p className={classes.once} role="note">
        <Icon name="alert" /> You see these codes this once. When you leave this page they are gone.
      </p>
      <ol className={classes.codes}>
        {made.codes.map((code, place) => (
          <CodeLine
            key={place}
            code={code}
            number={place + 1}
            reading={reading === place}
            onRead={() => setReading(reading === place ? undefined : place)}
          />
        ))}
      </ol>
      <section className={`panel ${classes.instructions}`} aria-labelledby="instructions">
        <Title order={2} size="h6" id="instructions">
          What to do now
        </Title>
        <Text size="sm">{made.instructions}</Text>
      </section>
      <Group className={classes.acts}>
        {handover === 'IN_PERSON' && (
          <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
            Print
          </Button>
        )}
        <Button onClick={onDone}>The user has a code</Button>
      </Group>
    </Stack>
  );
}
