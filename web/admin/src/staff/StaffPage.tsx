import { FaultAlert, useRead, useTitle } from '@factordesk/shared';
import { Button, Group, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { Link, useNavigate, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { StaffDocument } from '../gql/graphql';
import { Pages } from '../layout/Pages';
import { useSearchText } from '../users/useSearchText';
import classes from './Staff.module.css';
import { StaffSearchField } from './StaffSearchField';
import { StaffTable } from './StaffTable';

const PAGE = 25;

/** Who works here, what they hold, and how they sign in. What is looked for is in the address. */
export function StaffPage() {
  useTitle('Staff');
  const search = useSearch({ from: '/settings/staff' });
  const navigate = useNavigate({ from: '/settings/staff' });
  const router = useRouter();
  const trail = useRouterState({ select: (s) => s.location.state.trail }) ?? (search.after ? [''] : []);
  const { data, faults, loading, refreshing, reload } = useRead(StaffDocument, { ...search, first: PAGE });
  const { text, type } = useSearchText(search.search ?? '', (typed) => {
    // Whoever opened a page meanwhile is not called back.
    if (router.latestLocation.pathname === '/settings/staff') void navigate({ search: { search: typed || undefined }, replace: true });
  });
  const turn = (after: string, before: string[]) => void navigate({ search: { ...search, after: after || undefined }, state: { trail: before } });

  const staff = data?.staff?.nodes;
  const fault = faults.find((f) => f.path === '' || f.path === 'staff');
  const forbidden = fault?.code === 'FORBIDDEN';
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h2">
            Staff
          </Title>
          <Text c="dimmed" size="sm">
            Who works at the institution, which roles they hold, and how they sign in.
          </Text>
        </div>
        {!forbidden && (
          <Button variant="default" size="sm" renderRoot={(props) => <Link to="/settings/staff/invite" {...props} />}>
            Invite staff
          </Button>
        )}
      </Group>
      {!forbidden && <StaffSearchField text={text} onType={type} />}
      <VisuallyHidden role="status">{staff && !refreshing && `${staff.length} of the staff shown`}</VisuallyHidden>
      {fault && <FaultAlert fault={fault} onRetry={forbidden ? undefined : reload} />}
      {loading && <Skeleton h={320} role="status" aria-label="Loading the staff" />}
      {staff?.length === 0 && (
        <Text size="sm" className={classes.blank}>
          {search.search ? `None of the staff matches “${search.search}”.` : 'There is nobody here.'}
        </Text>
      )}
      {staff && staff.length > 0 && <StaffTable staff={staff} busy={refreshing} />}
      {staff && (
        <Pages
          place={trail.length + 1}
          next={data.staff?.pageInfo.hasNextPage ? (data.staff.pageInfo.endCursor ?? undefined) : undefined}
          onNext={(after) => turn(after, [...trail, search.after ?? ''])}
          onBack={trail.length > 0 ? () => turn(trail.at(-1) ?? '', trail.slice(0, -1)) : undefined}
        />
      )}
    </Stack>
  );
}
