import { SignIn, useTitle, type Challenge, type Environment } from '@factordesk/shared';
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { RegisterForm } from '../enrollment/RegisterForm';
import { LanguageSwitch } from '../language/LanguageSwitch';
import { Door } from '../layout/Door';
import { useWords } from '../words/Words';
import { bank } from './bank';
import classes from './SignInPage.module.css';

type Step = Challenge['step'] | 'PASSWORD' | 'REGISTER';

/** The way in, for customers and for who is to become one. */
export function SignInPage({ environment, onSignedIn }: { environment: Environment; onSignedIn(): void }) {
  const words = useWords().signIn;
  const [slug, setSlug] = useState(bank);
  const [step, setStep] = useState<Step>(location.pathname.endsWith('/register') ? 'REGISTER' : 'PASSWORD');
  const { title, lead } = words.steps[step];
  useTitle(title);
  return (
    <Door environment={environment} name={slug} aside={<LanguageSwitch />}>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed" mt={4}>
            {lead}
          </Text>
        </div>
        {step === 'REGISTER' ? (
          <RegisterForm institution={slug} onBack={() => setStep('PASSWORD')} />
        ) : (
          <SignIn
            key={slug}
            institution={slug}
            institutionFixed={slug !== ''}
            onSignedIn={onSignedIn}
            onStep={(asked) => setStep(asked ?? 'PASSWORD')}
          />
        )}
        {step === 'PASSWORD' && (
          <div className={classes.links}>
            <Anchor component="button" type="button" size="sm" onClick={() => setStep('REGISTER')}>
              {words.register}
            </Anchor>
            {slug && (
              <Anchor component="button" type="button" size="sm" onClick={() => setSlug('')}>
                {words.otherBank}
              </Anchor>
            )}
          </div>
        )}
      </Stack>
    </Door>
  );
}
