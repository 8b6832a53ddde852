import { FaultAlert, Icon, useRead, useTitle } from '@factordesk/shared';
import { Anchor, Skeleton, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { BackupCodesUserDocument } from '../gql/graphql';
import classes from './BackupCodes.module.css';
import { Flow } from './Flow';
import type { Target } from './WhoFor';

/** Makes backup codes for a user, from the first question to the codes. */
export function BackupCodesPage() {
  useTitle('Backup codes');
  const { userId } = useParams({ from: '/users/$userId/backup-codes' });
  return (
    <div className={classes.page}>
      <Anchor
        size="sm"
        className={classes.back}
        renderRoot={(props) => <Link to="/users/$userId" params={{ userId }} {...props} />}
      >
        <Icon name="arrowLeft" size={14} /> Back to the user
      </Anchor>
      <ForUser key={userId} userId={userId} />
    </div>
  );
}

function ForUser({ userId }: { userId: string }) {
  const read = useRead(BackupCodesUserDocument, { userId }, { policy: 'network-only' });
  // Once begun, the flow goes on with what is known, though a later answer be missing.
  const [user, setUser] = useState<Target>();
  const latest = read.data?.user;
  if (latest && latest !== user) setUser(latest);

  if (user) return <Flow user={user} read={read} />;
  if (read.loading)
    return (
      <Stack gap="lg" mt="md" role="status" aria-label="Loading">
        <Skeleton h={56} />
        <Skeleton h={200} />
        <Skeleton h={120} />
        <Skeleton h={240} />
      </Stack>
    );
  return read.faults[0] ? <FaultAlert fault={read.faults[0]} onRetry={read.reload} /> : null;
}
