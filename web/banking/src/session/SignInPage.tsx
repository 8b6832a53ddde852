import { EnvironmentBanner, SignIn, useTitle, type Environment } from '@factordesk/shared';
import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Brand } from '../layout/Brand';
import { LanguageSwitch } from '../language/LanguageSwitch';
import { useWords } from '../words/Words';
import { bank } from './bank';

export function SignInPage({ environment, onSignedIn }: { environment: Environment; onSignedIn(): void }) {
  const words = useWords().signIn;
  const [slug, setSlug] = useState(bank);
  const [step, setStep] = useState<'password' | 'code'>('password');
  useTitle(words.title);
  return (
    <>
      <EnvironmentBanner environment={environment} />
      <main className="door">
        <div className="door-head">
          <Brand name={slug} />
          <LanguageSwitch />
        </div>
        <Paper className="panel door-panel">
          <Stack gap="lg">
            <div>
              <Title order={1} size="h2">
                {step === 'code' ? words.codeTitle : words.title}
              </Title>
              <Text c="dimmed" mt={4}>
                {step === 'code' ? words.codeLead : words.lead}
              </Text>
            </div>
            <SignIn key={slug} institution={slug} institutionFixed={slug !== ''} onSignedIn={onSignedIn} onStep={setStep} />
            {slug && step === 'password' && (
              <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setSlug('')}>
                {words.otherBank}
              </Anchor>
            )}
          </Stack>
        </Paper>
      </main>
    </>
  );
}
