import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { ErrorPage, MissingPage } from './layout/Problem';
import { Shell } from './layout/Shell';
import { SecurityPage } from './security/SecurityPage';

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: ErrorPage });

const security = createRoute({ getParentRoute: () => root, path: '/', component: SecurityPage });

const device = createRoute({
  getParentRoute: () => root,
  path: '/devices/$deviceId',
  component: lazyRouteComponent(() => import('./devices/DevicePage'), 'DevicePage'),
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./sessions/SessionsPage'), 'SessionsPage'),
});

const routeTree = root.addChildren([security, device, sessions]);

export const makeRouter = () => createRouter({ routeTree, basepath: '/banking', defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
