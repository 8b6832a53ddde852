import { Link, Outlet } from '@tanstack/react-router';
import classes from './SettingsLayout.module.css';
import { useSettingsPages } from './settingsPages';

/** What stands beside every page of the settings: the way to the others. */
export function SettingsLayout() {
  const pages = useSettingsPages();
  return (
    <div className={classes.layout}>
      {pages.length > 0 && (
        <nav aria-label="Settings" className={`no-print ${classes.nav}`}>
          {pages.map(({ to, label }) => (
            <Link key={to} to={to} className={classes.link} activeOptions={{ exact: to === '/settings', includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
              {label}
            </Link>
          ))}
        </nav>
      )}
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
