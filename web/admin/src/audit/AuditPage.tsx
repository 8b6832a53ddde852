import { FaultAlert, Icon, useRead, useTitle, zone } from '@factordesk/shared';
import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { AuditLogDocument } from '../gql/graphql';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import styles from './Audit.module.css';
import { filterOf, isFiltered } from './search';

export function AuditPage() {
  useTitle('Audit log');
  const search = useSearch({ from: '/audit' });
  const variables = useMemo(() => ({ filter: filterOf(search), after: search.after }), [search]);
  const read = useRead(AuditLogDocument, variables);
  const heading = useFocusOnChange(search);

  const fault = read.faults.find((f) => f.path === '' || f.path === 'auditLog');
  const page = read.data?.auditLog;
  const forbidden = fault?.code === 'FORBIDDEN';
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h3" ref={heading} tabIndex={-1} className={styles.heading}>
            Audit log
          </Title>
          <Text size="sm" c="dimmed">
            What staff did and were refused, who read histories, and who signed in; newest first. No entry can be changed unseen. Times
            are in {zone()}.
          </Text>
        </div>
        {!forbidden && (
          <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={16} />} onClick={read.reload}>
            Refresh
          </Button>
        )}
      </Group>
      {!forbidden && <AuditFilters key={JSON.stringify(search)} search={search} />}
      {fault && <FaultAlert fault={fault} onRetry={forbidden ? undefined : read.reload} />}
      {read.loading && <Skeletons />}
      {page && page.nodes.length === 0 && (
        <Text size="sm" className={styles.blank}>
          {isFiltered(search) ? 'Nothing on record matches these filters. Clear one of them, or choose other days.' : 'Nothing is on record yet.'}
        </Text>
      )}
      {page && page.nodes.length > 0 && <AuditTable entries={page.nodes} busy={read.refreshing} />}
      {page && (
        <Group component="nav" aria-label="Pages" justify="center">
          {search.after && (
            <Button size="xs" variant="default" renderRoot={(props) => <Link to="/audit" search={{ ...search, after: undefined }} {...props} />}>
              Newest entries
            </Button>
          )}
          {page.pageInfo.hasNextPage && (
            <Button
              size="xs"
              variant="default"
              renderRoot={(props) => <Link to="/audit" search={{ ...search, after: page.pageInfo.endCursor ?? undefined }} {...props} />}
            >
              Older entries
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

/** Gives the heading that takes the focus when another part of the log is shown, but not when the page opens. */
function useFocusOnChange(shown: unknown) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== shown) heading.current?.focus();
    before.current = shown;
  }, [shown]);
  return heading;
}

const Skeletons = () => (
  <Stack gap="xs" aria-busy aria-label="Loading">
    {Array.from({ length: 12 }, (_, i) => (
      <Skeleton key={i} height={44} />
    ))}
  </Stack>
);
