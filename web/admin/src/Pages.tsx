import { loading, useSession } from '@factordesk/shared';
import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { makeRouter } from './router';

const OwnPasswordPage = lazy(loading(() => import('@factordesk/shared/account').then((m) => ({ default: m.OwnPasswordPage }))));

/** The pages of whoever is signed in, who gets a router of their own; until they have a password of their own, one page. */
export function Pages() {
  const { viewer } = useSession();
  const [router] = useState(makeRouter);
  if (viewer.passwordExpiresAt)
    return (
      <Suspense
        fallback={
          <Center mih="100vh">
            <Loader aria-label="Loading" />
          </Center>
        }
      >
        <OwnPasswordPage until={viewer.passwordExpiresAt} />
      </Suspense>
    );
  return <RouterProvider router={router} />;
}
