import { FaultAlert, Icon, takeFocus, useAct, useRead, useTitle, type Fault } from '@factordesk/shared';
import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { InviteStaffDocument, ToInviteDocument, type GivenRoleFragment } from '../gql/graphql';
import { ErrorSummary } from '../layout/ErrorSummary';
import { Leaving } from '../layout/Leaving';
import { mended } from '../layout/mended';
import { Boxes } from '../roles/Boxes';
import { permissions } from '../roles/permissions';
import classes from '../roles/Roles.module.css';
import { toggled } from '../settings/settings';
import { DoneAlert } from '../user/DoneAlert';
import page from '../user/UserPage.module.css';
import { inviteLabels, nobody, wrongInvite, type Invited, type WrongInvite } from './invite';

/** Invites somebody to the staff by mail. */
export function InvitePage() {
  useTitle('Invite staff');
  const { data, faults, loading, reload } = useRead(ToInviteDocument, {}, { policy: 'network-only' });
  const [said, setSaid] = useState<string>();
  const fault = faults.find((f) => ['', 'grantableRoles'].includes(f.path));
  return (
    <Stack gap="md" maw={820}>
      <Anchor className={page.back} size="sm" renderRoot={(props) => <Link to="/settings/staff" {...props} />}>
        <Icon name="arrowLeft" size={14} /> Staff
      </Anchor>
      <div>
        <Title order={1} size="h2" ref={takeFocus} tabIndex={-1}>
          Invite staff
        </Title>
        <Text c="dimmed" size="sm">
          They get a link by mail that works once, for 72 hours, and choose their own password and second factor.
        </Text>
      </div>
      {said && <DoneAlert key={said}>{said}</DoneAlert>}
      {fault && <FaultAlert fault={fault} onRetry={fault.code === 'FORBIDDEN' ? undefined : reload} />}
      {loading && <Skeleton h={320} role="status" aria-label="Loading the roles" />}
      {data?.grantableRoles && (
        <InviteForm roles={data.grantableRoles} mayMakeAdmins={data.viewer?.user.adminLevel ?? false} onTouched={() => setSaid(undefined)} onDone={setSaid} />
      )}
    </Stack>
  );
}

interface Props {
  roles: GivenRoleFragment[];
  mayMakeAdmins: boolean;
  onTouched(): void;
  onDone(words: string): void;
}

function InviteForm({ roles, mayMakeAdmins, onTouched, onDone }: Props) {
  const again = useLocation().state.invited;
  const { act, busy } = useAct(InviteStaffDocument);
  const [draft, setDraft] = useState<Invited>(() => again ?? nobody);
  const [wrong, setWrong] = useState<WrongInvite>({});
  const [fault, setFault] = useState<Fault>();
  const ids = roles.map(({ id }) => id);
  const change = (part: Partial<Invited>) => {
    setDraft((now) => ({ ...now, ...part }));
    setWrong((now) => mended(now, part));
    onTouched();
  };
  const invite = async () => {
    const found = wrongInvite(draft);
    setFault(undefined);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { data, fault } = await act({ input: draft });
    if (data?.inviteStaff?.user) {
      setDraft(nobody);
      return onDone(`The invitation is on its way to ${data.inviteStaff.user.email}. Until it is accepted they are among the staff as invited.`);
    }
    if (fault?.field && fault.field in draft) return setWrong({ [fault.field]: fault.message });
    setFault(fault);
  };
  const field = (name: 'email' | 'firstName' | 'lastName') => ({
    id: name,
    label: inviteLabels[name],
    labelProps: { fw: 600 },
    value: draft[name],
    error: wrong[name],
    className: classes.short,
    onChange: (e: { currentTarget: { value: string } }) => change({ [name]: e.currentTarget.value }),
  });
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label="Invite staff"
      onSubmit={(e) => {
        e.preventDefault();
        void invite();
      }}
    >
      <Stack gap="md">
        <ErrorSummary wrong={wrong} labels={inviteLabels} />
        {fault && <FaultAlert fault={fault} focus />}
        <section className={`panel ${classes.part}`} aria-label="Who and to what">
          <Stack gap="lg">
            <TextInput {...field('email')} type="email" inputMode="email" description="It is what they sign in with." maxLength={254} />
            <TextInput {...field('firstName')} maxLength={100} />
            <TextInput {...field('lastName')} maxLength={100} />
            <Boxes
              id="adminLevel"
              label={inviteLabels.adminLevel}
              error={wrong.adminLevel}
              boxes={[
                {
                  value: 'admin',
                  label: 'Admin-level',
                  hint: 'Only others of this level change, disable and sign out who has it.',
                  fixed: mayMakeAdmins ? undefined : 'Only Admin-level staff make others Admin-level.',
                  checked: draft.adminLevel,
                },
              ]}
              onToggle={(_, adminLevel) => change({ adminLevel })}
            />
            <Boxes
              id="roleIds"
              label={inviteLabels.roleIds}
              about="Roles that allow what you don’t hold yourself are not shown. Without a role they may do nothing."
              error={wrong.roleIds}
              boxes={roles.map((role) => ({
                value: role.id,
                label: role.name,
                hint: role.permissions.map((p) => permissions[p].name).join(' · '),
                checked: draft.roleIds.includes(role.id),
              }))}
              onToggle={(id, on) => change({ roleIds: toggled(ids, draft.roleIds, id, on) })}
            />
          </Stack>
        </section>
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {again ? 'Invite again' : 'Send the invitation'}
          </Button>
        </Group>
      </Stack>
      <Leaving guard={draft !== nobody && draft !== again} title="Leave without inviting?">
        What you entered is not sent. If you leave now, it is lost.
      </Leaving>
    </form>
  );
}
