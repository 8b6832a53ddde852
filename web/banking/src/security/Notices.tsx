import { Icon } from '@factordesk/shared';
import { Alert, Anchor } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { SecurityQuery } from '../gql/graphql';
import { useWords } from '../words/Words';
import classes from './Notices.module.css';

type Notice = NonNullable<NonNullable<SecurityQuery['viewer']>['notices']>[number];

/** What the customer should do next, each with the way to it. */
export function Notices({ notices }: { notices: Notice[] }) {
  const words = useWords().notices;
  if (notices.length === 0) return null;
  return (
    <section aria-label={words.title}>
      {notices.map(({ kind, message, link }) => (
        <Alert key={kind} color={kind === 'ADD_AUTHENTICATOR' ? 'blue' : 'yellow'} variant="light" icon={<Icon name="bell" />} mb="sm">
          {message}
          {link && (
            <Anchor renderRoot={(props) => <Link to={inRouter(link)} {...props} />} className={classes.link}>
              {words.act} <Icon name="arrowRight" size={16} />
            </Anchor>
          )}
        </Alert>
      ))}
    </section>
  );
}

/** The server names paths from the root of the host, the router from the root of this client. */
const inRouter = (link: string) => link.replace(/^\/banking(?=\/)/, '') as LinkProps['to'];
