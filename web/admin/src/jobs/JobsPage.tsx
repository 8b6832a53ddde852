import { FaultAlert, Icon, useRead, useTitle } from '@factordesk/shared';
import { Button, Group, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { JobsDocument } from '../gql/graphql';
import { JobCard } from './JobCard';
import classes from './Jobs.module.css';

/** What waits to be sent, what was given up, and what staff may do about it. */
export function JobsPage() {
  useTitle('Jobs');
  const search = useSearch({ from: '/settings/jobs' });
  const navigate = useNavigate();
  const read = useRead(JobsDocument, search, { policy: 'network-only' });
  const [done, setDone] = useState<string>();
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => told.current?.focus(), [done]);

  const fault = read.faults[0];
  const page = read.data?.institution?.jobs;
  return (
    <Stack gap="md" className={classes.page}>
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h2">
            Jobs
          </Title>
          <Text c="dimmed" size="sm">
            What Factordesk sends by itself, such as notices to users, and has not sent yet or has given up.
          </Text>
        </div>
        <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={16} />} onClick={read.reload}>
          Refresh
        </Button>
      </Group>
      <SegmentedControl
        aria-label="Which jobs"
        className={classes.states}
        value={search.state ?? 'ALL'}
        onChange={(state) => {
          setDone(undefined);
          void navigate({ to: '/settings/jobs', search: state === 'ALL' ? {} : { state: state } });
        }}
        data={[
          { value: 'ALL', label: 'All' },
          { value: 'WAITING', label: 'Waiting' },
          { value: 'GIVEN_UP', label: 'Given up' },
        ]}
      />
      {done && (
        <Text size="sm" role="status" tabIndex={-1} ref={told}>
          {done}
        </Text>
      )}
      {fault && <FaultAlert fault={fault} onRetry={fault.code === 'FORBIDDEN' ? undefined : read.reload} />}
      {read.loading && <Skeleton h={160} role="status" aria-label="Loading" />}
      {page?.nodes.length === 0 && (
        <Text size="sm" className={classes.blank}>
          {search.state === 'GIVEN_UP' ? 'Nothing was given up.' : 'Nothing waits.'}
        </Text>
      )}
      {page && page.nodes.length > 0 && (
        <ul className={classes.jobs} aria-busy={read.refreshing}>
          {page.nodes.map((job) => (
            <JobCard
              key={job.id}
              job={job}
              onDone={(words) => {
                setDone(words);
                read.reload();
              }}
            />
          ))}
        </ul>
      )}
      {page?.pageInfo.hasNextPage && (
        <Group justify="center">
          <Button
            size="xs"
            variant="default"
            onClick={() => void navigate({ to: '/settings/jobs', search: { ...search, after: page.pageInfo.endCursor ?? undefined } })}
          >
            Older jobs
          </Button>
        </Group>
      )}
    </Stack>
  );
}
