import { FaultAlert, Icon, useRead, useTitle, type Fault } from '@factordesk/shared';
import { Anchor, Skeleton, Stack, Title } from '@mantine/core';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { StaffMemberDocument } from '../gql/graphql';
import page from '../user/UserPage.module.css';
import { fullName } from '../user/words';
import { Member } from './Member';

/** One of the staff: what they may do, and what may be done about it. */
export function MemberPage() {
  const { userId } = useParams({ from: '/settings/staff/$userId' });
  const { staffList } = useLocation().state;
  return (
    <Stack gap="md">
      <Anchor className={page.back} size="sm" renderRoot={(props) => <Link to="/settings/staff" search={staffList ?? {}} {...props} />}>
        <Icon name="arrowLeft" size={14} /> Staff
      </Anchor>
      {/* Nobody's page shows what was read for another. */}
      <OneMember key={userId} id={userId} />
    </Stack>
  );
}

const none: Fault = { code: 'NOT_FOUND', message: 'There is no such person on the staff.', path: 'staff' };

function OneMember({ id }: { id: string }) {
  const read = useRead(StaffMemberDocument, { id }, { policy: 'network-only' });
  // A read that fails must not take the form away with what is chosen in it.
  const [kept, setKept] = useState(read.data);
  if (read.data?.staff && read.data.grantableRoles && read.data !== kept) setKept(read.data);
  // It is a search: what is not an id finds others.
  const member = kept?.staff?.nodes.find((one) => one.id === id);
  useTitle(member ? fullName(member) : 'Staff');

  const fault = read.faults.find((f) => ['', 'staff', 'grantableRoles'].includes(f.path)) ?? (kept && !member ? none : undefined);
  return (
    <>
      {fault && !member && (
        <Title order={1} size="h2">
          Staff
        </Title>
      )}
      {fault && <FaultAlert fault={fault} onRetry={fault.code === 'FORBIDDEN' || fault === none ? undefined : read.reload} />}
      {read.loading && <Skeleton h={320} role="status" aria-label="Loading" />}
      {member && (
        <Member
          member={member}
          grantable={kept?.grantableRoles ?? []}
          viewer={{ adminLevel: kept?.viewer?.user.adminLevel ?? false, permissions: kept?.viewer?.permissions ?? [] }}
          onChanged={read.reload}
        />
      )}
    </>
  );
}
