import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

interface Props {
  /** Something would be lost. */
  guard: boolean;
  /** The codes are on the page already. */
  shown: boolean;
}

/** Warns before codes are lost by leaving: within the dashboard by a dialog, to anywhere else by the browser's own. */
export function Leaving({ guard, shown }: Props) {
  const leave = useBlocker({ shouldBlockFn: () => true, enableBeforeUnload: true, disabled: !guard, withResolver: true });
  return (
    <Modal
      opened={leave.status === 'blocked'}
      onClose={() => leave.reset?.()}
      title={shown ? 'Does the user have a code?' : 'Codes are being made'}
      centered
      size="sm"
    >
      <Text size="sm">
        {shown
          ? 'When you leave, the codes are gone from here, and nobody can show them again.'
          : 'If you leave now, nobody will see them.'}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => leave.reset?.()} data-autofocus>
          Stay
        </Button>
        <Button color="red" onClick={() => leave.proceed?.()}>
          Leave
        </Button>
      </Group>
    </Modal>
  );
}
