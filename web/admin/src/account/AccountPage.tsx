import { FaultAlert, Row, Section, useMine, useSession, useTitle } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MyAccountDocument } from '../gql/graphql';
import { AddWays } from './AddWays';
import { Ways } from './Ways';

/** What the viewer may see and change of their own account. */
export function AccountPage() {
  const { viewer } = useSession();
  const read = useMine(MyAccountDocument, {});
  const [fault] = read.faults;
  const mine = read.data?.viewer;
  const permitted = read.data?.institution?.permittedMethods;
  useTitle('My account');
  return (
    <>
      <Title order={1} size="h2">
        My account
      </Title>
      <Text c="dimmed">{viewer.user.email}</Text>
      <Stack mt={20}>
        {fault && <FaultAlert fault={fault} onRetry={read.reload} />}
        <Section title="Your ways to get a code" lead="At each sign-in we ask for a code from one of these. With two, you get in when one is lost.">
          {mine?.user.devices ? <Ways devices={mine.user.devices} /> : !fault && <Skeleton h={144} radius={0} />}
        </Section>
        <Section title="Add another">
          {permitted ? <AddWays permitted={permitted} /> : !fault && <Skeleton h={216} radius={0} />}
        </Section>
        <Section title="Your sign-in">
          {mine?.sessions ? <SignIn sessions={mine.sessions.length} /> : !fault && <Skeleton h={144} radius={0} />}
        </Section>
      </Stack>
    </>
  );
}

function SignIn({ sessions }: { sessions: number }) {
  return (
    <ul className={`plain-list ${accountClasses.rows}`}>
      <li>
        <Link to="/account/password" className={accountClasses.rowLink}>
          <Row icon="lock" title="Password" detail="Change it" leads />
        </Link>
      </li>
      <li>
        <Link to="/account/sessions" className={accountClasses.rowLink}>
          <Row icon="users" title="Where you are signed in" detail={sessions === 1 ? 'Only here' : `In ${sessions} places`} leads />
        </Link>
      </li>
    </ul>
  );
}
