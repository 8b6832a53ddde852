import { loading } from '@factordesk/shared';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { parseSearch as parseAuditSearch } from './audit/search';
import { parseSearch as parseJobsSearch } from './jobs/search';
import { ErrorPage, MissingPage } from './layout/Problem';
import { SettingsLayout } from './layout/SettingsLayout';
import { Shell } from './layout/Shell';
import { parseSearch as parseProvidersSearch } from './providers/search';
import { parseSearch as parseRolesSearch } from './roles/search';
import { parseSearch as parseStaffSearch } from './staff/search';
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
  component: lazyRouteComponent(loading(() => import('./users/UsersPage')), 'UsersPage'),
});

const user = createRoute({
  getParentRoute: () => root,
  path: '/users/$userId',
  component: lazyRouteComponent(loading(() => import('./user/UserPage')), 'UserPage'),
});

const backupCodes = createRoute({
  getParentRoute: () => root,
  path: '/users/$userId/backup-codes',
  component: lazyRouteComponent(loading(() => import('./backup-codes/BackupCodesPage')), 'BackupCodesPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(loading(() => import('./audit/AuditPage')), 'AuditPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: SettingsLayout,
});

const generalSettings = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(loading(() => import('./settings/SettingsPage')), 'SettingsPage'),
});

const providers = createRoute({
  getParentRoute: () => settings,
  path: '/providers',
  validateSearch: parseProvidersSearch,
  component: lazyRouteComponent(loading(() => import('./providers/ProvidersPage')), 'ProvidersPage'),
});

const jobs = createRoute({
  getParentRoute: () => settings,
  path: '/jobs',
  validateSearch: parseJobsSearch,
  component: lazyRouteComponent(loading(() => import('./jobs/JobsPage')), 'JobsPage'),
});

const roles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  validateSearch: parseRolesSearch,
  component: lazyRouteComponent(loading(() => import('./roles/RolesPage')), 'RolesPage'),
});

const staff = createRoute({
  getParentRoute: () => settings,
  path: '/staff',
  validateSearch: parseStaffSearch,
  component: lazyRouteComponent(loading(() => import('./staff/StaffPage')), 'StaffPage'),
});

const invite = createRoute({
  getParentRoute: () => settings,
  path: '/staff/invite',
  component: lazyRouteComponent(loading(() => import('./staff/InvitePage')), 'InvitePage'),
});

const staffMember = createRoute({
  getParentRoute: () => settings,
  path: '/staff/$userId',
  component: lazyRouteComponent(loading(() => import('./staff/MemberPage')), 'MemberPage'),
});

const accessReview = createRoute({
  getParentRoute: () => settings,
  path: '/access-review',
  validateSearch: parseStaffSearch,
  component: lazyRouteComponent(loading(() => import('./review/ReviewPage')), 'ReviewPage'),
});

const allSettings = settings.addChildren([generalSettings, providers, jobs, staff, invite, staffMember, roles, accessReview]);

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(loading(() => import('./account/AccountLayout')), 'AccountLayout'),
});

const accountHome = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(loading(() => import('./account/AccountPage')), 'AccountPage'),
});

const myDevice = createRoute({
  getParentRoute: () => account,
  path: '/devices/$deviceId',
  component: lazyRouteComponent(loading(() => import('./account/MyDevicePage')), 'MyDevicePage'),
});

const addApp = createRoute({
  getParentRoute: () => account,
  path: '/add/app',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'AddAppPage'),
});

const addPhone = createRoute({
  getParentRoute: () => account,
  path: '/add/phone',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'AddPhonePage'),
});

const addEmail = createRoute({
  getParentRoute: () => account,
  path: '/add/email',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'AddEmailPage'),
});

const password = createRoute({
  getParentRoute: () => account,
  path: '/password',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'PasswordPage'),
});

const sessions = createRoute({
  getParentRoute: () => account,
  path: '/sessions',
  component: lazyRouteComponent(loading(() => import('@factordesk/shared/account')), 'SessionsPage'),
});

const ownAccount = account.addChildren([accountHome, myDevice, addApp, addPhone, addEmail, password, sessions]);

const routeTree = root.addChildren([home, users, user, backupCodes, audit, allSettings, ownAccount]);

export const makeRouter = () => createRouter({ routeTree, basepath: '/admin', defaultErrorComponent: ErrorPage, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
