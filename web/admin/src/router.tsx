import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { parseSearch as parseAuditSearch } from './audit/search';
import { ErrorPage, MissingPage } from './layout/Problem';
import { Shell } from './layout/Shell';
import { parseSearch as parseUsersSearch } from './users/search';

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: ErrorPage });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => redirect({ to: '/users', search: {}, throw: true }),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  validateSearch: parseUsersSearch,
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
  validateSearch: parseAuditSearch,
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
