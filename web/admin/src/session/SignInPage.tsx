import { type Environment, EnvironmentBanner, Icon, PanelPage, SignIn, useTitle } from '@factordesk/shared';
import { Group, Stack, Text, Title } from '@mantine/core';

export function SignInPage({ environment, onSignedIn }: { environment: Environment; onSignedIn(): void }) {
  useTitle('Sign in');
  return (
    <>
      <EnvironmentBanner environment={environment} />
      <PanelPage>
        <Stack gap="lg">
          <Group gap="xs">
            <Icon name="shield" size={28} />
            <div>
              <Title order={1} size="h3">
                Factordesk
              </Title>
              <Text size="sm" c="dimmed">
                For support staff
              </Text>
            </div>
          </Group>
          <SignIn institution={new URLSearchParams(location.search).get('institution') ?? ''} onSignedIn={onSignedIn} />
        </Stack>
      </PanelPage>
    </>
  );
}
