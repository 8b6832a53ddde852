import { CallHelp, NoBank, SignIn, useBank, useTitle, type Challenge, type Environment } from '@factordesk/shared';
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { RegisterForm } from '../enrollment/RegisterForm';
import { LanguageSwitch } from '../language/LanguageSwitch';
import { Door } from '../layout/Door';
import { useWords } from '../words/Words';
import { AskBank } from './AskBank';
import { bank as firstBank } from './bank';
import classes from './SignInPage.module.css';

type Step = Challenge['step'] | 'PASSWORD' | 'REGISTER';

/** The way in, for customers and for who is to become one: first whose it is, and no form before that is known. */
export function SignInPage({ environment, onSignedIn }: { environment: Environment; onSignedIn(): void }) {
  const { signIn: words, shared } = useWords();
  const [slug, setSlug] = useState(firstBank);
  const found = useBank(slug);
  const { bank } = found;
  const [step, setStep] = useState<Step>(location.pathname.endsWith('/register') ? 'REGISTER' : 'PASSWORD');
  const { title, lead } = bank && !bank.digitalBanking ? { title: words.noBanking(bank.name), lead: words.noBankingLead } : words.steps[slug ? step : 'BANK'];
  useTitle(title);
  return (
    <Door environment={environment} name={bank?.name ?? shared.product} aside={<LanguageSwitch spoken={bank?.languages} />}>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {(bank || !slug) && (
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </div>
        {!slug ? (
          <AskBank onBank={setSlug} />
        ) : !bank ? (
          <NoBank of={found} onOther={() => setSlug('')} />
        ) : !bank.digitalBanking ? (
          <Anchor component="button" type="button" size="sm" onClick={() => setSlug('')}>
            {words.otherBank}
          </Anchor>
        ) : step === 'REGISTER' ? (
          <RegisterForm institution={slug} onBack={() => setStep('PASSWORD')} />
        ) : (
          <SignIn key={slug} institution={slug} institutionFixed onSignedIn={onSignedIn} onStep={(asked) => setStep(asked ?? 'PASSWORD')} />
        )}
        {bank?.digitalBanking && step === 'PASSWORD' && (
          <div className={classes.links}>
            <Anchor component="button" type="button" size="sm" onClick={() => setStep('REGISTER')}>
              {words.register}
            </Anchor>
            <Anchor component="button" type="button" size="sm" onClick={() => setSlug('')}>
              {words.otherBank}
            </Anchor>
          </div>
        )}
        <CallHelp bank={bank} />
      </Stack>
    </Door>
  );
}
