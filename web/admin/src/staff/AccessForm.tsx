import { FaultAlert, Icon } from '@factordesk/shared';
import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import { ReasonField } from '../backup-codes/ReasonField';
import type { GivenRoleFragment, StaffMemberFragment } from '../gql/graphql';
import { ErrorSummary } from '../layout/ErrorSummary';
import { Leaving } from '../layout/Leaving';
import { Boxes } from '../roles/Boxes';
import { Consequences } from '../roles/Consequences';
import { allPermissions, permissions } from '../roles/permissions';
import classes from '../roles/Roles.module.css';
import { Loaded, Stale } from '../roles/Stale';
import { toggled } from '../settings/settings';
import { draftOf, mayDo, offered } from './draft';
import { levelFixed, removedFixed, roleFixed, type Giver } from './fixed';
import { MayDo } from './MayDo';
import { useAccessForm } from './useAccessForm';
import { consequences, labels } from './words';

interface Props {
  member: StaffMemberFragment;
  grantable: GivenRoleFragment[];
  viewer: Giver;
  onSaved(words: string): void;
  /** Something is being changed. */
  onTouched(): void;
}

/** Changes the level and the roles of one of the staff, and what is taken from them by name. */
export function AccessForm({ member: shown, grantable, viewer, onSaved, onTouched }: Props) {
  const form = useAccessForm(shown, onSaved);
  const { member, base, draft, fields, wrong, busy } = form;
  const change: typeof form.change = (part) => {
    form.change(part);
    onTouched();
  };
  const may = shown.viewerCan?.changeAccess ?? { allowed: false, reason: null };
  const closed = may.allowed ? undefined : (may.reason ?? 'You may not do this.');
  const roles = offered(grantable, member.staffAccess?.roles ?? []);
  const ids = roles.map(({ id }) => id);
  const [before, after] = [mayDo(draftOf(member), roles), mayDo(draft, roles)];
  const unsaved = fields.length > 0;
  // Where nothing may be changed the reason is said once, above.
  const fixed = (why: string | undefined) => (closed ? '' : why);
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label="What they may do"
      onSubmit={(e) => {
        e.preventDefault();
        if (unsaved) void form.save();
      }}
    >
      <Stack gap="md">
        <ErrorSummary wrong={wrong} labels={labels} />
        {form.fault && <FaultAlert fault={form.fault} focus />}
        {form.stale && <Stale fault={form.stale.fault} onLoad={form.load} />}
        {form.loaded && <Loaded />}
        <section className={`panel ${classes.part}`} aria-labelledby="access">
          <Title order={2} size="h4" id="access" mb="sm">
            Level and roles
          </Title>
          <Stack gap="lg">
            {closed && (
              <Alert color="gray" variant="light" icon={<Icon name="lock" />} role="note">
                {closed}
              </Alert>
            )}
            <Boxes
              id="adminLevel"
              label="Level"
              error={wrong.adminLevel}
              boxes={[
                {
                  value: 'admin',
                  label: labels.adminLevel,
                  hint: 'Only others of this level change, disable and sign out who has it. They hold “Can view notification history” without a role.',
                  fixed: fixed(levelFixed(viewer, base)),
                  checked: draft.adminLevel,
                },
              ]}
              onToggle={(_, adminLevel) => change({ adminLevel })}
            />
            <Boxes
              id="roleIds"
              label={labels.roleIds}
              about="Roles that allow what you don’t hold yourself are shown only where they are held."
              error={wrong.roleIds}
              boxes={roles.map((role) => ({
                value: role.id,
                label: role.name,
                hint: role.permissions.map((p) => permissions[p].name).join(' · '),
                fixed: fixed(roleFixed(viewer, base, role)),
                checked: draft.roleIds.includes(role.id),
              }))}
              onToggle={(id, on) => change({ roleIds: toggled(ids, draft.roleIds, id, on) })}
            />
            <Boxes
              id="removedPermissions"
              label={labels.removedPermissions}
              error={wrong.removedPermissions}
              boxes={allPermissions.map((p) => ({
                value: p,
                label: permissions[p].name,
                fixed: fixed(removedFixed(viewer, base, p)),
                checked: draft.removedPermissions.includes(p),
              }))}
              onToggle={(p, on) => change({ removedPermissions: toggled(allPermissions, draft.removedPermissions, p, on) })}
            />
            {!closed && (
              <ReasonField id="reason" label="Why is it changed?" value={draft.reason} onChange={(reason) => change({ reason })} error={wrong.reason} />
            )}
          </Stack>
        </section>
        <MayDo name={member.firstName} before={before} after={after} />
        <Consequences sentences={consequences(member.firstName, before, after, unsaved)} />
        {!closed && (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!unsaved}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
      <Leaving guard={unsaved || draft.reason !== ''} title="Leave without saving?">
        What you changed is not saved. If you leave now, it is lost.
      </Leaving>
    </form>
  );
}
