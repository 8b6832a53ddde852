import { loading } from '@factordesk/shared';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ErrorPage, MissingPage } from './layout/Problem';
import { Shell } from './layout/Shell';
import { SecurityPage } from './security/SecurityPage';

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: ErrorPage });

const security = createRoute({ getParentRoute: () => root, path: '/', component: SecurityPage });

const device = createRoute({
  getParentRoute: () => root,
  path: '/devices/$deviceId',
  component: lazyRouteComponent(loading(() => import('./devices/DevicePage')), 'DevicePage'),
});

const add = createRoute({
  getParentRoute: () => root,
  path: '/add',
  component: lazyRouteComponent(loading(() => import('./devices/AddPage')), 'AddPage'),
});

const addApp = createRoute({
  getParentRoute: () => root,
  path: '/add/app',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'AddAppPage'),
});

const addPhone = createRoute({
  getParentRoute: () => root,
  path: '/add/phone',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'AddPhonePage'),
});

const addEmail = createRoute({
  getParentRoute: () => root,
  path: '/add/email',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'AddEmailPage'),
});

const backupCodes = createRoute({
  getParentRoute: () => root,
  path: '/backup-codes',
  component: lazyRouteComponent(loading(() => import('./backup-codes/BackupCodesPage')), 'BackupCodesPage'),
});

// Who has reviewed the preferences has no more to do with them.
const preferences = createRoute({
  getParentRoute: () => root,
  path: '/preferences',
  beforeLoad: () => redirect({ to: '/', replace: true, throw: true }),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'PasswordPage'),
});

const language = createRoute({
  getParentRoute: () => root,
  path: '/language',
  component: lazyRouteComponent(loading(() => import('./language/LanguagePage')), 'LanguagePage'),
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: '/sessions',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'SessionsPage'),
});

const routeTree = root.addChildren([security, device, add, addApp, addPhone, addEmail, backupCodes, preferences, password, language, sessions]);

export const makeRouter = () => createRouter({ routeTree, basepath: '/banking', defaultErrorComponent: ErrorPage, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
