import { FaultAlert, Page, useAct, useRead, useSession, type Fault } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Button, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { ChangeLanguageDocument, SpokenLanguagesDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { useLanguage } from './Language';
import { SpokenLanguages } from './SpokenLanguages';

/** In which language the bank writes and speaks to the customer. */
export function LanguagePage() {
  const { messages, preferences, shared } = useWords();
  const { viewer, reload } = useSession();
  const { choose } = useLanguage();
  const read = useRead(SpokenLanguagesDocument, {});
  const { act, busy } = useAct(ChangeLanguageDocument);
  const [chosen, setChosen] = useState(viewer.user.language);
  const [fault, setFault] = useState<Fault>();
  const [saved, setSaved] = useState(false);
  const spoken = read.data?.institution?.languages;

  const save = async () => {
    const { data, fault } = await act({ input: { language: chosen } });
    setFault(fault);
    setSaved(Boolean(data?.changeLanguage));
    if (!data?.changeLanguage) return;
    choose(chosen);
    reload();
  };
  return (
    <Page title={messages.title} lead={messages.lead}>
      {read.faults[0] && <FaultAlert fault={read.faults[0]} onRetry={read.reload} />}
      {spoken ? (
        <form
          className={`${accountClasses.panel} ${accountClasses.padded}`}
          onSubmit={(e) => {
            e.preventDefault();
            void save();
          }}
        >
          <SpokenLanguages
            label={preferences.language}
            spoken={spoken}
            value={chosen}
            onChange={(language) => {
              setSaved(false);
              setChosen(language);
            }}
          />
          {fault && <FaultAlert fault={fault} focus />}
          <div className={accountClasses.acts}>
            <Button type="submit" loading={busy} disabled={chosen === viewer.user.language}>
              {shared.account.save}
            </Button>
            <Text role="status" size="sm">
              {saved && messages.saved}
            </Text>
          </div>
        </form>
      ) : (
        !read.faults[0] && <Skeleton h={220} />
      )}
    </Page>
  );
}
