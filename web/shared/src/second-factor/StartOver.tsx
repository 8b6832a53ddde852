import { Button, Stack } from '@mantine/core';
import type { Fault } from '../api/fault';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';

/** Whether a challenge can't be met any more, so that what is left is to start again. */
export const isOver = (fault: Fault) => fault.code === 'EXPIRED' || fault.code === 'NOT_FOUND' || fault.code === 'LOCKED';

export function StartOver({ fault, onStartOver }: { fault: Fault; onStartOver(): void }) {
  const words = useWords().secondFactor;
  return (
    <Stack>
      <FaultAlert fault={fault} focus />
      <Button onClick={onStartOver}>{words.startOver}</Button>
    </Stack>
  );
}
