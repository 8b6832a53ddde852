import type { Route } from 'playwright-core';

/** Reports whether a request opens live updates, which have no end to wait for. */
export const isStream = (route: Route): boolean => !!route.request().headers().accept?.startsWith('text/event-stream');
