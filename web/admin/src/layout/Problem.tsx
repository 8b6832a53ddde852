import { LoadAgain, NotLoaded, useTitle } from '@factordesk/shared';
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';

export function MissingPage() {
  useTitle('Not found');
  return (
    <Stack gap="xs">
      <Title order={1} size="h3">
        There is no such page
      </Title>
      <Text c="dimmed">
        The address may be mistyped. <Anchor renderRoot={(props) => <Link to="/users" search={{}} {...props} />}>Manage users</Anchor>
      </Text>
    </Stack>
  );
}

/** Shown when a page does not load, or itself fails. What was typed is lost; nothing more than that was sent. */
export const ErrorPage = ({ error }: { error: unknown }) => (error instanceof NotLoaded ? <LoadAgain /> : <BrokenPage />);

function BrokenPage() {
  useTitle('Something went wrong');
  return (
    <Stack gap="xs" align="flex-start" role="alert">
      <Title order={1} size="h3">
        This page stopped working
      </Title>
      <Text c="dimmed">The fault is ours. Load it again; if it happens again, tell your administrator what you did.</Text>
      <Button onClick={() => location.reload()}>Load again</Button>
    </Stack>
  );
}
