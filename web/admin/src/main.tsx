import '@factordesk/shared/mantine.css';
import '@factordesk/shared/styles.css';
import { cssVariables, en, loading, Session, themeIn } from '@factordesk/shared';
import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Pages } from './Pages';
import { SignInPage } from './session/SignInPage';

// Mantine writes some of its styles at run time, and the page's policy wants this answer's nonce on them.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
setNonce(nonce);

const InvitationPage = lazy(loading(() => import('./session/InvitationPage').then((m) => ({ default: m.InvitationPage }))));

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={themeIn(en)} cssVariablesResolver={cssVariables} getStyleNonce={() => nonce} defaultColorScheme="auto">
      <Session
        client="admin"
        signIn={(given) => <SignInPage {...given} />}
        invitation={(given) => (
          <Suspense>
            <InvitationPage {...given} />
          </Suspense>
        )}
      >
        <Pages />
      </Session>
    </MantineProvider>
  </StrictMode>,
);
