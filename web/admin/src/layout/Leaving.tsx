import { Dialog } from '@factordesk/shared';
import { Button, Group, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

interface Props {
  /** Something would be lost. */
  guard: boolean;
  title: string;
  /** What would be lost. */
  children: React.ReactNode;
}

/** Warns before something is lost by leaving: within the dashboard by a dialog, to anywhere else by the browser's own. */
export function Leaving({ guard, title, children }: Props) {
  const leave = useBlocker({ shouldBlockFn: () => true, enableBeforeUnload: true, disabled: !guard, withResolver: true });
  return (
    <Dialog opened={leave.status === 'blocked'} onClose={() => leave.reset?.()} title={title} centered size="sm">
      <Text size="sm">{children}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => leave.reset?.()} data-autofocus>
          Stay
        </Button>
        <Button color="red" onClick={() => leave.proceed?.()}>
          Leave
        </Button>
      </Group>
    </Dialog>
  );
}
