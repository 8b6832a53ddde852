import { LoadAgain, NotLoaded, useTitle } from '@factordesk/shared';
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../words/Words';

export function MissingPage() {
  const words = useWords().missing;
  useTitle(words.title);
  return (
    <Stack gap="xs">
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <Text c="dimmed">
        <Anchor renderRoot={(props) => <Link to="/" {...props} />}>{words.back}</Anchor>
      </Text>
    </Stack>
  );
}

/** Shown when a page does not load, or itself fails. What was typed is lost; nothing more than that was sent. */
export const ErrorPage = ({ error }: { error: unknown }) => (error instanceof NotLoaded ? <LoadAgain /> : <BrokenPage />);

function BrokenPage() {
  const words = useWords().broken;
  useTitle(words.title);
  return (
    <Stack gap="xs" align="flex-start" role="alert">
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <Text c="dimmed">{words.lead}</Text>
      <Button onClick={() => location.reload()}>{words.reload}</Button>
    </Stack>
  );
}
