import { FaultNotice, useAct, type Fault } from '@factordesk/shared';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { RevokeBackupCodesDocument } from '../gql/graphql';
import { reasonFault } from './reason';
import { ReasonField } from './ReasonField';

interface Props {
  userId: string;
  onClose(): void;
  /** How many codes would still have worked. */
  onRevoked(voided: number): void;
}

/** Says what revoking does, asks why, and does it. */
export function RevokeDialog({ userId, onClose, onRevoked }: Props) {
  const { act, busy } = useAct(RevokeBackupCodesDocument);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [fault, setFault] = useState<Fault>();

  const revoke = async () => {
    setFault(undefined);
    setWrong(reasonFault(reason));
    if (reasonFault(reason)) return;
    const { data, fault } = await act({ input: { userId, reason } });
    if (data?.revokeBackupCodes) onRevoked(data.revokeBackupCodes.voidedCodes);
    else if (fault?.field === 'reason') setWrong(fault.message);
    else setFault(fault);
  };
  return (
    <Modal opened onClose={onClose} title="Revoke backup codes" centered>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void revoke();
        }}
      >
        <Stack>
          <Text size="sm">
            Every unused code that staff made for this user stops working at once, and the user is told.{' '}
            <strong>This can’t be undone</strong>; you can make a new set.
          </Text>
          {fault && <FaultNotice fault={fault} focus />}
          <ReasonField label="Why are the codes revoked?" value={reason} onChange={setReason} error={wrong} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep the codes
            </Button>
            <Button type="submit" color="red" loading={busy}>
              Revoke codes
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
