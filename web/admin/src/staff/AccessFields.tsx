import type { GivenRoleFragment } from '../gql/graphql';
import { Boxes } from '../roles/Boxes';
import { allPermissions, permissions } from '../roles/permissions';
import { toggled } from '../settings/settings';
import { offered, type Draft } from './draft';
import { levelFixed, removedFixed, roleFixed, type Giver } from './fixed';
import type { useAccessForm } from './useAccessForm';
import { labels } from './words';

interface Props {
  form: ReturnType<typeof useAccessForm>;
  grantable: GivenRoleFragment[];
  viewer: Giver;
  /** Nothing may be changed, for a reason that is said above. */
  closed: boolean;
  onChange(part: Partial<Draft>): void;
}

/** The level, the roles, and what is taken by name. What can't be given is shown with why. */
export function AccessFields({ form: { member, base, draft, wrong }, grantable, viewer, closed, onChange }: Props) {
  const roles = offered(grantable, member.staffAccess?.roles ?? []);
  const ids = roles.map(({ id }) => id);
  const fixed = (why: string | undefined) => (closed ? '' : why);
  return (
    <>
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
        onToggle={(_, adminLevel) => onChange({ adminLevel })}
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
        onToggle={(id, on) => onChange({ roleIds: toggled(ids, draft.roleIds, id, on) })}
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
        onToggle={(p, on) => onChange({ removedPermissions: toggled(allPermissions, draft.removedPermissions, p, on) })}
      />
    </>
  );
}
