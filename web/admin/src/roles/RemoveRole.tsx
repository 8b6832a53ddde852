import { useAct } from '@factordesk/shared';
import { Text } from '@mantine/core';
import { RemoveStaffRoleDocument, type ShownRoleFragment } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';

interface Props {
  role: ShownRoleFragment;
  onClose(): void;
  onDone(words: string): void;
}

/** Asks why a role is taken away. Whether somebody still holds it is for the server to say. */
export function RemoveRole({ role, onClose, onDone }: Props) {
  const { act, busy } = useAct(RemoveStaffRoleDocument);
  return (
    <ReasonDialog
      title={`Remove “${role.name}”?`}
      label="Why is it removed?"
      keep="Keep it"
      act="Remove it"
      danger
      busy={busy}
      onClose={onClose}
      onAct={async (reason) => {
        const { data, fault } = await act({ input: { roleId: role.id, reason } });
        if (!data?.removeStaffRole) return fault;
        onClose();
        onDone(`“${role.name}” is removed.`);
      }}
    >
      <Text size="sm">Only a role that none of the staff holds can be removed. What it allowed stays in the audit log.</Text>
    </ReasonDialog>
  );
}
