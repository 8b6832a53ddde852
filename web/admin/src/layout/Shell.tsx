import { EnvironmentBanner, Icon, type IconName, OfflineBanner, useFocusHeading, useSession } from '@factordesk/shared';
import { ActionIcon, Menu, Text, Tooltip, UnstyledButton, useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { SendingTrouble } from './SendingTrouble';
import { useSettingsPages, type SettingsPage } from './settingsPages';
import classes from './Shell.module.css';

/** What stands around every page. */
export function Shell() {
  const { environment } = useSession();
  const navigate = useNavigate();
  // As shown, not as asked for: until a page is there, the one before stands.
  const path = useRouterState({ select: (s) => s.resolvedLocation?.pathname ?? s.location.pathname });
  useFocusHeading(path);
  // The search field takes `/` itself where there is one.
  useHotkeys([['/', () => void focusSearch(() => navigate({ to: '/users', search: {} }))]]);

  return (
    <div className={classes.shell}>
      <a href="#main" className="skip-link">
        Skip to the content
      </a>
      <EnvironmentBanner environment={environment} />
      <SendingTrouble path={path} />
      <Header />
      <OfflineBanner />
      <main id="main" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

async function focusSearch(go: () => Promise<void>) {
  const field = () => document.querySelector<HTMLInputElement>('input[data-search]');
  if (field()) return field()?.select(); // at once: the next letter is on its way
  await go();
  requestAnimationFrame(() => field()?.select());
}

function Header() {
  const { viewer } = useSession();
  const [settings] = useSettingsPages();
  return (
    <header className={`no-print ${classes.header}`}>
      <Link to="/users" className={classes.brand} aria-label="Factordesk: manage users">
        <Icon name="shield" size={22} />
        <span>Factordesk</span>
      </Link>
      <Text component="span" size="sm" c="dimmed" className={classes.institution} truncate>
        {viewer.institution.name}
      </Text>
      <nav aria-label="Main" className={classes.nav}>
        <NavLink to="/users" icon="users" label="Manage users" />
        {viewer.permissions.includes('VIEW_AUDIT_LOG') && <NavLink to="/audit" icon="list" label="Audit log" />}
        {settings && <NavLink to={settings.to} under="/settings" icon="settings" label="Settings" />}
      </nav>
      <ColorScheme />
      <ViewerMenu />
    </header>
  );
}

interface NavLinkProps {
  to: '/users' | '/audit' | SettingsPage['to'];
  /** Where else it is the way to: any page below. */
  under?: string;
  icon: IconName;
  label: string;
}

function NavLink({ to, under = to, icon, label }: NavLinkProps) {
  const here = useRouterState({ select: (s) => s.location.pathname === under || s.location.pathname.startsWith(`${under}/`) });
  return (
    <Link to={to} className={classes.link} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
    </Link>
  );
}

function ColorScheme() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = dark ? 'Light colours' : 'Dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        <Icon name={dark ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  );
}

function ViewerMenu() {
  const { viewer, signOut } = useSession();
  const name = `${viewer.user.firstName} ${viewer.user.lastName}`;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.viewer} aria-label={`${name}, signed in as ${viewer.user.email}`}>
          <Icon name="user" />
          <span className={classes.viewerName}>{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{viewer.user.email}</Menu.Label>
        <Menu.Item leftSection={<Icon name="shield" />} renderRoot={(props) => <Link to="/account" {...props} />}>
          My account
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
