import { Session, useSession, WordsContext as SharedWordsContext } from '@factordesk/shared';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';
import { PreferencesPage } from './enrollment/PreferencesPage';
import { inLanguage, LanguageContext, useLanguageChoice } from './language/Language';
import { makeRouter } from './router';
import { SignInPage } from './session/SignInPage';
import { cssVariables, themeIn } from './theme';
import { WordsContext } from './words/Words';

export function App({ nonce }: { nonce: string }) {
  const choice = useLanguageChoice();
  const words = inLanguage[choice.language];
  useLayoutEffect(() => { // before anything is asked: the API answers in this language
    document.documentElement.lang = words.shared.language;
  }, [words]);

  return (
    <LanguageContext value={choice}>
      <SharedWordsContext value={words.shared}>
        <WordsContext value={words}>
          <MantineProvider theme={themeIn[choice.language]} cssVariablesResolver={cssVariables} getStyleNonce={() => nonce} defaultColorScheme="auto">
            <Session client="banking" signIn={(given) => <SignInPage {...given} />}>
              <Pages />
            </Session>
          </MantineProvider>
        </WordsContext>
      </SharedWordsContext>
    </LanguageContext>
  );
}

/** The pages of whoever is signed in, who gets a router of their own; one page while they are still enrolling. */
function Pages() {
  const [router] = useState(makeRouter);
  const { viewer } = useSession();
  if (viewer.user.status === 'ENROLLING') return <PreferencesPage />;
  return <RouterProvider router={router} />;
}
