import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { parseSearch } from './audit/search';
import type { UserKind } from './gql/graphql';
import { ErrorPage, MissingPage } from './layout/Problem';
import { Shell } from './layout/Shell';

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: ErrorPage });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/users', search: {} });
  },
});

/** What the address of the list says. Pages go by cursor: `after` is the place after which it begins. */
export interface UsersSearch {
  search?: string;
  kind?: UserKind;
  after?: string;
}

/** What an address holds under a name: the router takes digits for a number, and a search may be digits. */
const words = (given: unknown): string | undefined =>
  (typeof given === 'string' || typeof given === 'number') && given !== '' ? String(given) : undefined;

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  validateSearch: (given: Record<string, unknown>): UsersSearch => ({
    search: words(given.search),
    kind: given.kind === 'CUSTOMER' || given.kind === 'STAFF' ? given.kind : undefined,
    after: words(given.after),
  }),
  component: lazyRouteComponent(() => import('./users/UsersPage'), 'UsersPage'),
});

const user = createRoute({
  getParentRoute: () => root,
  path: '/users/$userId',
  component: lazyRouteComponent(() => import('./user/UserPage'), 'UserPage'),
});

const backupCodes = createRoute({
  getParentRoute: () => root,
  path: '/users/$userId/backup-codes',
  component: lazyRouteComponent(() => import('./backup-codes/BackupCodesPage'), 'BackupCodesPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: parseSearch,
  component: lazyRouteComponent(() => import('./audit/AuditPage'), 'AuditPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsPage'), 'SettingsPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/AccountLayout'), 'AccountLayout'),
});

const accountHome = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('./account/AccountPage'), 'AccountPage'),
});

const myDevice = createRoute({
  getParentRoute: () => account,
  path: '/devices/$deviceId',
  component: lazyRouteComponent(() => import('./account/MyDevicePage'), 'MyDevicePage'),
});

const addApp = createRoute({
  getParentRoute: () => account,
  path: '/add/app',
  component: lazyRouteComponent(() => import('@factordesk/shared/account'), 'AddAppPage'),
});

const addPhone = createRoute({
  getParentRoute: () => account,
  path: '/add/phone',
  component: lazyRouteComponent(() => import('@factordesk/shared/account'), 'AddPhonePage'),
});

const addEmail = createRoute({
  getParentRoute: () => account,
  path: '/add/email',
  component: lazyRouteComponent(() => import('@factordesk/shared/account'), 'AddEmailPage'),
});

const password = createRoute({
  getParentRoute: () => account,
  path: '/password',
  component: lazyRouteComponent(() => import('@factordesk/shared/account'), 'PasswordPage'),
});

const sessions = createRoute({
  getParentRoute: () => account,
  path: '/sessions',
  component: lazyRouteComponent(() => import('@factordesk/shared/account'), 'SessionsPage'),
});

const ownAccount = account.addChildren([accountHome, myDevice, addApp, addPhone, addEmail, password, sessions]);

const routeTree = root.addChildren([home, users, user, backupCodes, audit, settings, ownAccount]);

export const makeRouter = () => createRouter({ routeTree, basepath: '/admin', defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
