import { FaultAlert, takeFocus, useTitle } from '@factordesk/shared';
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { ReasonField } from '../backup-codes/ReasonField';
import type { Permission, ShownRoleFragment } from '../gql/graphql';
import { ErrorSummary } from '../layout/ErrorSummary';
import { Leaving } from '../layout/Leaving';
import { toggled } from '../settings/settings';
import { Boxes } from './Boxes';
import { Consequences } from './Consequences';
import { allPermissions, permissions } from './permissions';
import classes from './Roles.module.css';
import { Loaded, Stale } from './Stale';
import { useRoleForm } from './useRoleForm';
import { consequences, fixedBecause, labels, ownRole, type Beholder } from './words';

interface Props {
  /** What is edited; none for one that is to be added. */
  first?: ShownRoleFragment;
  viewer: Beholder;
  onClose(): void;
  onSaved(words: string): void;
}

/** Adds a role, or changes one. What that changes for whom is said before it is saved. */
export function RoleForm({ first, viewer, onClose, onSaved }: Props) {
  const title = first ? `Edit “${first.name}”` : 'Add a role';
  useTitle(title);
  const form = useRoleForm(first, onSaved);
  const { role, draft, changes, wrong, busy, change } = form;
  const box = (p: Permission) => ({
    value: p,
    label: permissions[p].name,
    hint: permissions[p].hint,
    fixed: fixedBecause(viewer, role, p),
    checked: draft.permissions.includes(p),
  });
  return (
    <form
      noValidate
      className={classes.page}
      autoComplete="off"
      aria-label={title}
      onSubmit={(e) => {
        e.preventDefault();
        if (form.changed || !role) void form.save();
      }}
    >
      <Stack gap="md">
        <Title order={1} size="h2" ref={takeFocus} tabIndex={-1}>
          {title}
        </Title>
        <ErrorSummary wrong={wrong} labels={labels} />
        {form.fault && <FaultAlert fault={form.fault} focus />}
        {form.stale && <Stale fault={form.stale.fault} onLoad={form.load} />}
        {form.loaded && <Loaded />}
        <section className={`panel ${classes.part}`} aria-label="Role">
          <Stack gap="lg">
            <TextInput
              id="name"
              label={labels.name}
              labelProps={{ fw: 600 }}
              value={draft.name}
              onChange={(e) => change({ name: e.currentTarget.value })}
              error={wrong.name}
              maxLength={60}
              className={classes.short}
            />
            <Boxes
              id="permissions"
              label={labels.permissions}
              about={role && viewer.roles.includes(role.id) ? ownRole : undefined}
              boxes={allPermissions.map(box)}
              error={wrong.permissions}
              onToggle={(p, on) => change({ permissions: toggled(allPermissions, draft.permissions, p, on) })}
            />
            <ReasonField
              id="reason"
              label={role ? 'Why is it changed?' : 'Why is it added?'}
              value={draft.reason}
              onChange={(reason) => change({ reason })}
              error={wrong.reason}
            />
          </Stack>
        </section>
        {role && <Consequences sentences={consequences(role.memberCount, changes)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!form.changed && role !== undefined}>
            {role ? 'Save' : 'Add it'}
          </Button>
        </Group>
        {role && !form.changed && (
          <Text size="sm" c="dimmed" ta="right">
            Nothing is changed yet.
          </Text>
        )}
      </Stack>
      <Leaving guard={form.changed || draft.reason !== ''} title="Leave without saving?">
        What you entered is not saved. If you leave now, it is lost.
      </Leaving>
    </form>
  );
}
