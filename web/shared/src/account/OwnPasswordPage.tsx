import { Anchor, Stack, Text, Title } from '@mantine/core';
import { PanelPage } from '../parts/PanelPage';
import { useTitle } from '../parts/useTitle';
import { When } from '../parts/When';
import { EnvironmentBanner } from '../session/EnvironmentBanner';
import { useSession } from '../session/Viewer';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { PasswordForm } from './PasswordForm';

/** Stands in the place of all pages until who is signed in has a password that nobody else has seen. */
export function OwnPasswordPage({ until }: { until: string }) {
  const { environment, reload, signOut } = useSession();
  const words = useWords().account.password;
  useTitle(words.ownTitle);
  return (
    <>
      <EnvironmentBanner environment={environment} />
      <PanelPage width={440}>
        <Stack>
          <Title order={1} size="h3">
            {words.ownTitle}
          </Title>
          <Text size="sm">{words.ownLead}</Text>
          <Text size="sm" c="dimmed">
            {words.ownUntil} <When at={until} />
          </Text>
          <PasswordForm acts={accountClasses.acts} onChanged={reload} />
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => void signOut()}>
            {words.ownLater}
          </Anchor>
        </Stack>
      </PanelPage>
    </>
  );
}
