import { Icon, useRead, useSession, When } from '@factordesk/shared';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { SendingTroubleDocument } from '../gql/graphql';
import { useHolds } from '../session/useHolds';
import classes from './SendingTrouble.module.css';

/** It is read again after an act on a provider, too. */
const anyProvider = { additionalTypenames: ['SmsProvider'] };

/**
 * Says on every page why codes can't leave, since when, and who mends it. It is read again with every page that is
 * gone to and every return to the tab, and never by the clock: a page that is left alone must not keep its session.
 */
export function SendingTrouble({ path }: { path: string }) {
  const { environment, ended } = useSession();
  const mayMend = useHolds('MANAGE_PROVIDERS');
  const { data, reload } = useRead(SendingTroubleDocument, {}, { policy: 'network-only', pause: environment === 'UAT', context: anyProvider });
  const shown = useRef(path);
  const again = useEffectEvent(() => {
    if (environment !== 'UAT' && !ended && document.visibilityState === 'visible') reload();
  });
  useEffect(() => {
    if (shown.current !== path) again();
    shown.current = path;
  }, [path]);
  useEffect(() => {
    const back = () => again();
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, []);

  const trouble = data?.institution?.sendingTrouble;
  if (!trouble) return null;
  return (
    <aside className={`no-print ${classes.trouble}`} aria-label="Sending of codes">
      <Icon name="alert" />
      <div role="status">
        <strong>{trouble.explanation}</strong>{' '}
        {trouble.since && (
          <>
            Since <When at={trouble.since} />
            {trouble.checkedAt && trouble.checkedAt !== trouble.since && (
              <>
                , checked <When at={trouble.checkedAt} />
              </>
            )}
            .{' '}
          </>
        )}
        {mayMend ? (
          <Link to="/settings/providers" className={classes.link}>
            Mend it: SMS providers
          </Link>
        ) : (
          'Whoever holds “Can manage SMS providers” can mend it: tell your administrator.'
        )}
      </div>
    </aside>
  );
}
