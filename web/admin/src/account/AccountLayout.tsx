import { HomeContext } from '@factordesk/shared';
import { Link, Outlet } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import classes from './Account.module.css';

const home = { title: 'My account', back: 'Go to my account', Link: HomeLink };

/** What stands around the pages of the viewer's own account. */
export function AccountLayout() {
  return (
    <HomeContext value={home}>
      <div className={classes.page}>
        <Outlet />
      </div>
    </HomeContext>
  );
}

function HomeLink(props: Omit<ComponentProps<typeof Link>, 'to'>) {
  return <Link to="/account" {...props} />;
}
