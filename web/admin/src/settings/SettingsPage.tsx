import { FaultAlert, useRead, useSession, useTitle } from '@factordesk/shared';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { SettingsDocument } from '../gql/graphql';
import type { Settings } from './fields';
import classes from './Settings.module.css';
import { SettingsForm } from './SettingsForm';
import { settingsOf } from './settings';

/** What the institution decides for itself. */
export function SettingsPage() {
  useTitle('Settings');
  const { institution } = useSession().viewer;
  return (
    <div className={classes.page}>
      <Title order={1} size="h2">
        Settings
      </Title>
      <Text c="dimmed" size="sm">
        What {institution.name} decides for itself. A change holds at once, for sign-ins under way too; codes that were sent or made keep
        the life they were given.
      </Text>
      <Read />
    </div>
  );
}

function Read() {
  const { data, faults, loading, reload } = useRead(SettingsDocument, {}, { policy: 'network-only' });
  // Once begun, the form goes on with what was read first: what comes later must not go over what is typed.
  const [first, setFirst] = useState<Settings>();
  const latest = settingsOf(data?.institution);
  if (latest && !first) setFirst(latest);

  if (first) return <SettingsForm first={first} />;
  if (loading)
    return (
      <Stack gap="md" mt="md" role="status" aria-label="Loading the settings">
        <Skeleton h={560} />
        <Skeleton h={420} />
        <Skeleton h={240} />
      </Stack>
    );
  return faults[0] ? (
    <div className={classes.alerts}>
      <FaultAlert fault={faults[0]} onRetry={faults[0].code === 'FORBIDDEN' ? undefined : reload} />
    </div>
  ) : null;
}
