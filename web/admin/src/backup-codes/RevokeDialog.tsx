import { useAct } from '@factordesk/shared';
import { Text } from '@mantine/core';
import { RevokeBackupCodesDocument } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';

interface Props {
  userId: string;
  onClose(): void;
  /** How many codes would still have worked. */
  onRevoked(voided: number): void;
}

/** Says what revoking does, asks why, and does it. */
export function RevokeDialog({ userId, onClose, onRevoked }: Props) {
  const { act, busy } = useAct(RevokeBackupCodesDocument);
  return (
    <ReasonDialog
      title="Revoke backup codes"
      label="Why are the codes revoked?"
      keep="Keep the codes"
      act="Revoke codes"
      danger
      busy={busy}
      onClose={onClose}
      onAct={async (reason) => {
        const { data, fault } = await act({ input: { userId, reason } });
        if (data?.revokeBackupCodes) onRevoked(data.revokeBackupCodes.voidedCodes);
        return fault;
      }}
    >
      <Text size="sm">
        Every unused code that staff made for this user stops working at once, and the user is told.{' '}
        <strong>This can’t be undone</strong>; you can make a new set.
      </Text>
    </ReasonDialog>
  );
}
