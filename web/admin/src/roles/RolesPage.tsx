import { FaultAlert, Icon, useRead, useTitle } from '@factordesk/shared';
import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { StaffRolesDocument } from '../gql/graphql';
import { RoleCard } from './RoleCard';
import { RoleForm } from './RoleForm';
import classes from './Roles.module.css';

/** The list is read again after an act on any role, also while it is empty. */
const anyRole = { additionalTypenames: ['StaffRole'] };

/** The named sets of permissions that staff of the institution may have. */
export function RolesPage() {
  useTitle('Roles');
  const { edit } = useSearch({ from: '/settings/roles' });
  const navigate = useNavigate({ from: '/settings/roles' });
  const read = useRead(StaffRolesDocument, {}, { policy: 'network-only', context: anyRole });
  const [done, setDone] = useState('');
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done) told.current?.focus();
  }, [done]);

  // A read that fails must not take the form away with what is typed in it.
  const [kept, setKept] = useState(read.data);
  if (read.data?.staffRoles && read.data !== kept) setKept(read.data);
  const all = kept?.staffRoles;
  const viewer = { permissions: kept?.viewer?.permissions ?? [], roles: kept?.viewer?.user.roles?.map(({ id }) => id) ?? [] };
  const edited = all?.find((role) => role.id === edit);
  const fault = read.faults.find((f) => f.path === '' || f.path === 'staffRoles');
  const open = (edit?: string) => {
    setDone('');
    void navigate({ search: edit ? { edit } : {}, ignoreBlocker: true });
  };

  if (all && (edited || edit === 'new'))
    return (
      <RoleForm
        key={edit}
        first={edited}
        viewer={viewer}
        onClose={() => void navigate({ search: {} })}
        onSaved={(words) => {
          open();
          setDone(words);
        }}
      />
    );
  return (
    <Stack gap="md" className={classes.page}>
      <Group justify="space-between" align="flex-end">
        <div className={classes.about}>
          <Title order={1} size="h2">
            Roles
          </Title>
          <Text c="dimmed" size="sm">
            Named sets of permissions. Staff may do what any of their roles allows, and a change holds at their next act.
          </Text>
        </div>
        {all && (
          <Button size="xs" leftSection={<Icon name="plus" size={16} />} onClick={() => open('new')}>
            Add a role
          </Button>
        )}
      </Group>
      {done && (
        <Text size="sm" role="status" tabIndex={-1} ref={told}>
          {done}
        </Text>
      )}
      {fault && <FaultAlert fault={fault} onRetry={fault.code === 'FORBIDDEN' ? undefined : read.reload} />}
      {read.loading && <Skeleton h={320} role="status" aria-label="Loading the roles" />}
      {edit && all && (
        <Text size="sm" role="status">
          The role that you wanted to edit is not there; it may have been removed.
        </Text>
      )}
      {all?.length === 0 && (
        <Text size="sm" className={classes.blank}>
          There is no role yet. Add the first one: a name, and what it allows.
        </Text>
      )}
      {all && all.length > 0 && (
        <ul className={classes.list} aria-busy={read.refreshing}>
          {all.map((role) => (
            <RoleCard key={role.id} role={role} own={viewer.roles.includes(role.id)} onEdit={() => open(role.id)} onDone={setDone} />
          ))}
        </ul>
      )}
    </Stack>
  );
}
