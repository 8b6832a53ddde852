import { FaultAlert, Icon } from '@factordesk/shared';
import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import { ReasonField } from '../backup-codes/ReasonField';
import type { GivenRoleFragment, StaffMemberFragment } from '../gql/graphql';
import { ErrorSummary } from '../layout/ErrorSummary';
import { Leaving } from '../layout/Leaving';
import { Consequences } from '../roles/Consequences';
import classes from '../roles/Roles.module.css';
import { Loaded, Stale } from '../roles/Stale';
import { AccessFields } from './AccessFields';
import { mayDo, offered } from './draft';
import type { Giver } from './fixed';
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
  const [before, after] = [mayDo(base, roles), mayDo(draft, roles)];
  const unsaved = fields.length > 0;
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
            <AccessFields form={form} grantable={grantable} viewer={viewer} closed={closed !== undefined} onChange={change} />
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
