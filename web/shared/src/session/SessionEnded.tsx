import { Anchor, Stack, Text, Title } from '@mantine/core';
import { PanelPage } from '../parts/PanelPage';
import { useTitle } from '../parts/useTitle';
import { SignIn } from '../second-factor/SignIn';
import { useWords } from '../words/Words';
import type { Viewer } from './Viewer';

interface Props {
  viewer: Viewer;
  onSignedIn(): void;
  onLeave(): void;
}

/** Asks the same person to sign in again; what they were doing waits behind it. */
export function SessionEnded({ viewer, onSignedIn, onLeave }: Props) {
  const words = useWords().sessionEnded;
  useTitle(words.windowTitle);
  return (
    <PanelPage>
      <Stack>
        <div role="alert">
          <Title order={1} size="h3">
            {words.title}
          </Title>
          <Text size="sm" c="dimmed" mt={4}>
            {words.lead}
          </Text>
        </div>
        <SignIn known={{ institution: viewer.institution.slug, username: viewer.user.email }} onSignedIn={onSignedIn} />
        <Anchor component="button" type="button" size="sm" onClick={onLeave}>
          {words.leave}
        </Anchor>
      </Stack>
    </PanelPage>
  );
}
