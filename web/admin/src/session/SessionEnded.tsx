import { SignIn } from '@factordesk/shared';
import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { useTitle } from '../layout/useTitle';
import type { Viewer } from './Viewer';

interface Props {
  viewer: Viewer;
  onSignedIn(): void;
  onLeave(): void;
}

/** Asks the same person to sign in again; what they were doing waits behind it. */
export function SessionEnded({ viewer, onSignedIn, onLeave }: Props) {
  useTitle('Session ended');
  return (
    <main className="sign-in">
      <Paper className="panel" p="xl" w="100%" maw={400}>
        <Stack>
          <div role="alert">
            <Title order={1} size="h3">
              Your session has ended
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              Sign in again to go on where you were. What you had typed is still there; nothing was sent.
            </Text>
          </div>
          <SignIn known={{ institution: viewer.institution.slug, username: viewer.user.email }} onSignedIn={onSignedIn} />
          <Anchor component="button" type="button" size="sm" onClick={onLeave}>
            Sign in as somebody else
          </Anchor>
        </Stack>
      </Paper>
    </main>
  );
}
