import { Stack, Text, Title } from '@mantine/core';
import classes from './Settings.module.css';

interface Props {
  id: string;
  title: string;
  about?: string;
  children: React.ReactNode;
}

/** A part of the form with a heading of its own. */
export function Section({ id, title, about, children }: Props) {
  return (
    <section className={`panel ${classes.section}`} aria-labelledby={id}>
      <div className={classes.head}>
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {about && (
          <Text size="sm" c="dimmed">
            {about}
          </Text>
        )}
      </div>
      <Stack gap="lg">{children}</Stack>
    </section>
  );
}
