import { Icon, useTitle } from '@factordesk/shared';
import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/Words';

interface Props {
  title: string;
  lead?: string;
  /** What the window is called, where the title is a person's own word. */
  windowTitle?: string;
  children: React.ReactNode;
}

/** A page below the first one: the way back, a heading that takes the focus, and what it is about. */
export function Page({ title, lead, windowTitle, children }: Props) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(windowTitle ?? title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <Anchor renderRoot={(props) => <Link to="/" {...props} />} className="back">
        <Icon name="arrowLeft" /> {words.security.title}
      </Anchor>
      <Title order={1} size="h2" ref={heading} tabIndex={-1} className="page-title">
        {title}
      </Title>
      {lead && (
        <Text c="dimmed" mt={4}>
          {lead}
        </Text>
      )}
      <div className="page-body">{children}</div>
    </>
  );
}
