import { type Fault, FaultAlert, Icon, useRead, useTitle } from '@factordesk/shared';
import { Anchor, Group, Skeleton, Stack, Title } from '@mantine/core';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { BackupCodesCard } from '../backup-codes/BackupCodesCard';
import { Codes } from '../codes/Codes';
import type { Row } from '../codes/rows';
import { UserDocument } from '../gql/graphql';
import { NotificationHistory } from '../history/NotificationHistory';
import { useHolds } from '../session/useHolds';
import { Attention } from './Attention';
import { BACKUP_CODES, CODES, DEVICES, HISTORY, SESSIONS } from './attention';
import { DeviceList } from './DeviceList';
import { Identity } from './Identity';
import { Sessions } from './Sessions';
import classes from './UserPage.module.css';
import { fullName } from './words';

export function UserPage() {
  const { userId } = useParams({ from: '/users/$userId' });
  return (
    <Stack gap="lg">
      <BackToList />
      {/* Nobody's page shows what was read for another. */}
      <OneUser key={userId} id={userId} />
    </Stack>
  );
}

/** Leads to the list as it was left, where the list led here. */
function BackToList() {
  const { list } = useLocation().state;
  return (
    <Anchor className={classes.back} size="sm" renderRoot={(props) => <Link to="/users" search={list ?? {}} {...props} />}>
      <Icon name="arrowLeft" size={14} /> Manage users
    </Anchor>
  );
}

function OneUser({ id }: { id: string }) {
  const { data, faults, loading, reload } = useRead(UserDocument, { id, addresses: useHolds('VIEW_AUDIT_LOG') });
  const [gone, setGone] = useState<Fault>();
  const [sent, setSent] = useState<Row>();
  const user = data?.user;
  useTitle(user ? fullName(user) : 'User');
  const refused = (part: string): Fault | undefined => faults.find((f) => f.path.startsWith(`user.${part}`));

  if (loading) return <Loading />;
  if (!user) return faults[0] ? <FaultAlert fault={faults[0]} onRetry={faults[0].code === 'NOT_FOUND' ? undefined : reload} /> : null;
  return (
    <>
      <Identity user={user} />
      <Attention user={user} fault={refused('attention')} />
      <section aria-labelledby={DEVICES}>
        <Group justify="space-between" gap="xs" mb="sm">
          <Title order={2} size="h4" id={DEVICES}>
            Two-Factor Authentication
          </Title>
          <Group component="nav" aria-label="On this page" gap="md">
            <Anchor href={`#${BACKUP_CODES}`} size="sm">
              Backup codes
            </Anchor>
            <Anchor href={`#${CODES}`} size="sm">
              Codes
            </Anchor>
            <Anchor href={`#${SESSIONS}`} size="sm">
              Sessions
            </Anchor>
            <Anchor href={`#${HISTORY}`} size="sm">
              Notification history
            </Anchor>
          </Group>
        </Group>
        <div className={classes.columns}>
          <DeviceList
            user={user}
            codesLeft={user.backupCodes?.remaining ?? 0}
            fault={gone ?? refused('devices')}
            onTested={setSent}
            onStale={(fault) => {
              setGone(fault);
              reload();
            }}
          />
          <BackupCodesCard user={user} fault={refused('backupCodes')} onChanged={reload} />
        </div>
      </section>
      <Codes user={user} sent={sent} />
      <Sessions user={user} fault={refused('sessions')} onChanged={reload} />
      <NotificationHistory user={user} onRead={reload} />
    </>
  );
}

function Loading() {
  return (
    <Stack gap="lg" role="status" aria-label="Loading the user">
      <Skeleton h={68} />
      <Skeleton h={96} />
      <Skeleton h={240} />
    </Stack>
  );
}
