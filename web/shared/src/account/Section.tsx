import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import accountClasses from './Account.module.css';
import classes from './Section.module.css';

interface Props {
  title: string;
  lead?: string;
  children: React.ReactNode;
}

/** A part of a page: a heading, and a panel below it. */
export function Section({ title, lead, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      )}
      <div className={`${accountClasses.panel} ${classes.body}`}>{children}</div>
    </section>
  );
}
