import { EnvironmentBanner, HomeContext, Icon, OfflineBanner, useFocusHeading, useSession } from '@factordesk/shared';
import { ActionIcon } from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useMemo, type ComponentProps } from 'react';
import { useLanguage } from '../language/Language';
import { LanguageSwitch } from '../language/LanguageSwitch';
import { rememberBank } from '../session/bank';
import { useWords } from '../words/Words';
import { Brand } from './Brand';
import classes from './Shell.module.css';

/** What stands around every page. */
export function Shell() {
  const { viewer, environment, signOut } = useSession();
  const { follow } = useLanguage();
  const words = useWords();
  // As shown, not as asked for: until a page is there, the one before stands.
  useFocusHeading(useRouterState({ select: (s) => s.resolvedLocation?.pathname ?? s.location.pathname }));
  const home = useMemo(() => ({ title: words.security.title, back: words.missing.back, Link: HomeLink }), [words]);
  useEffect(() => follow(viewer.user.language), [follow, viewer.user.language]);
  useEffect(() => rememberBank(viewer.institution.slug), [viewer.institution.slug]);

  return (
    <div className={classes.shell}>
      <a href="#main" className="skip-link">
        {words.skip}
      </a>
      <EnvironmentBanner environment={environment} />
      <header className={`no-print ${classes.header}`}>
        <Link to="/" className={classes.home} aria-label={words.home(viewer.institution.name)}>
          <Brand name={viewer.institution.name} />
        </Link>
        <LanguageSwitch />
        <ActionIcon variant="subtle" color="gray" aria-label={words.signOut} onClick={() => void signOut()}>
          <Icon name="signOut" size={22} />
        </ActionIcon>
      </header>
      <OfflineBanner />
      <main id="main" className={classes.content} tabIndex={-1}>
        <HomeContext value={home}>
          <Outlet />
        </HomeContext>
      </main>
    </div>
  );
}

function HomeLink(props: Omit<ComponentProps<typeof Link>, 'to'>) {
  return <Link to="/" {...props} />;
}
