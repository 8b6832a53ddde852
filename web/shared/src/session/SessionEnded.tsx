import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { useTitle } from '../parts/useTitle';
import { SignIn } from '../second-factor/SignIn';
import { useText } from '../text/Text';
import type { Viewer } from './Viewer';

interface Props {
  viewer: Viewer;
  onSignedIn(): void;
  onLeave(): void;
}

/** Asks the same person to sign in again; what they were doing waits behind it. */
export function SessionEnded({ viewer, onSignedIn, onLeave }: Props) {
  const text = useText().sessionEnded;
  useTitle(text.windowTitle);
  return (
    <main className="sign-in">
      <Paper className="panel" p="xl" w="100%" maw={400}>
        <Stack>
          <div role="alert">
            <Title order={1} size="h3">
              {text.title}
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              {text.lead}
            </Text>
          </div>
          <SignIn known={{ institution: viewer.institution.slug, username: viewer.user.email }} onSignedIn={onSignedIn} />
          <Anchor component="button" type="button" size="sm" onClick={onLeave}>
            {text.leave}
          </Anchor>
        </Stack>
      </Paper>
    </main>
  );
}
