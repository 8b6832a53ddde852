import { FaultAlert, useAct, useRead, useSession, useTitle, type Fault, type Language } from '@factordesk/shared';
import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { CompletePreferencesDocument, SpokenLanguagesDocument } from '../gql/graphql';
import { useLanguage } from '../language/Language';
import { SpokenLanguages } from '../language/SpokenLanguages';
import { Door } from '../layout/Door';
import { useWords } from '../words/Words';

/** The last step of enrolling, before which there is no other page: in which language the bank writes and speaks. */
export function PreferencesPage() {
  const words = useWords().preferences;
  const { viewer, environment, reload } = useSession();
  const { language, choose } = useLanguage();
  const read = useRead(SpokenLanguagesDocument, {});
  const { act, busy } = useAct(CompletePreferencesDocument);
  const [fault, setFault] = useState<Fault>();
  const spoken = read.data?.institution?.languages;
  useTitle(words.title);

  const finish = async (chosen: Language) => {
    const { data, fault } = await act({ input: { language: chosen } });
    setFault(fault);
    if (data?.completePreferences) reload();
  };
  return (
    <Door environment={environment} name={viewer.institution.name}>
      <Stack>
        <div>
          <Title order={1} size="h2">
            {words.title}
          </Title>
          <Text c="dimmed" mt={4}>
            {words.lead}
          </Text>
        </div>
        {read.faults[0] && <FaultAlert fault={read.faults[0]} onRetry={read.reload} />}
        {spoken ? (
          <SpokenLanguages label={words.language} description={words.languageHint} spoken={spoken} value={language} onChange={choose} />
        ) : (
          !read.faults[0] && <Skeleton h={160} />
        )}
        {fault && <FaultAlert fault={fault} focus />}
        <Button loading={busy} disabled={!spoken?.includes(language)} onClick={() => void finish(language)}>
          {words.finish}
        </Button>
      </Stack>
    </Door>
  );
}
