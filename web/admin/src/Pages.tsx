import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { makeRouter } from './router';

/** The pages of whoever is signed in, who gets a router of their own. */
export function Pages() {
  const [router] = useState(makeRouter);
  return <RouterProvider router={router} />;
}
