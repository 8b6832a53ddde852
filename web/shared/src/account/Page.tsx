import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Icon } from '../parts/Icon';
import { useTitle } from '../parts/useTitle';
import { useHome } from './Home';
import classes from './Page.module.css';

interface Props {
  title: string;
  lead?: string;
  /** What the window is called, where the title is a person's own word. */
  windowTitle?: string;
  children: React.ReactNode;
}

/** A page below the first one of the account: the way back, a heading that takes the focus, and what it is about. */
export function Page({ title, lead, windowTitle, children }: Props) {
  const home = useHome();
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(windowTitle ?? title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <Anchor renderRoot={(props) => <home.Link {...props} />} className={`no-print ${classes.back}`}>
        <Icon name="arrowLeft" /> {home.title}
      </Anchor>
      <Title order={1} size="h2" ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </Title>
      {lead && (
        <Text c="dimmed" mt={4}>
          {lead}
        </Text>
      )}
      <Stack mt={20}>{children}</Stack>
    </>
  );
}
