import { CallHelp, type Environment, EnvironmentBanner, Icon, NoBank, PanelPage, SignIn, useBank, useTitle } from '@factordesk/shared';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';

/** The way in for staff: of the institution that the link names, or of one that they name. */
export function SignInPage({ environment, onSignedIn }: { environment: Environment; onSignedIn(): void }) {
  useTitle('Sign in');
  const [slug, setSlug] = useState(() => new URLSearchParams(location.search).get('institution') ?? '');
  const found = useBank(slug);
  const { bank } = found;
  return (
    <>
      <EnvironmentBanner environment={environment} />
      <PanelPage>
        <Stack gap="lg">
          <Group gap="xs" wrap="nowrap">
            <Icon name="shield" size={28} />
            <div>
              <Title order={1} size="h3">
                {bank?.name ?? 'Factordesk'}
              </Title>
              <Text size="sm" c="dimmed">
                {bank ? 'Factordesk, for support staff' : 'For support staff'}
              </Text>
            </div>
          </Group>
          {slug && !bank ? (
            <NoBank of={found} onOther={() => setSlug('')} />
          ) : (
            <SignIn key={slug} institution={slug} institutionFixed={slug !== ''} onSignedIn={onSignedIn} />
          )}
          <CallHelp bank={bank} />
        </Stack>
      </PanelPage>
    </>
  );
}
