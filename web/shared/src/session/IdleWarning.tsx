import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Dialog } from '../dialog/Dialog';
import { useNow } from '../parts/useNow';
import { useWords } from '../words/Words';
import { endsAt, WARN_MS } from './idle';
import type { Viewer } from './Viewer';

interface Props {
  viewer: Viewer;
  lastContact(): number;
  onStay(): void;
  onEnd(): void;
}

/** Warns before the session ends for want of use, or because its day is over. */
export function IdleWarning({ viewer, lastContact, onStay, onEnd }: Props) {
  const words = useWords().idle;
  const end = endsAt(viewer, lastContact());
  const left = end.at - useNow(1000);
  useEffect(() => {
    if (left <= 0) onEnd();
  }, [left, onEnd]);

  const [dismissed, setDismissed] = useState(0);
  const opened = left > 0 && left <= WARN_MS && dismissed !== end.at;
  const minutes = Math.floor(left / 60_000);
  const seconds = Math.floor((left % 60_000) / 1000);
  return (
    <Dialog opened={opened} onClose={() => setDismissed(end.at)} title={words.title} centered size="sm">
      <Text size="sm">
        {end.idle ? words.unused : words.dayOver}{' '}
        <strong className="numeric">
          {minutes}:{String(seconds).padStart(2, '0')}
        </strong>
        .
      </Text>
      <Group mt="md" justify="flex-end">
        {end.idle ? (
          <Button onClick={onStay} data-autofocus>
            {words.stay}
          </Button>
        ) : (
          <Button onClick={() => setDismissed(end.at)} data-autofocus>
            {words.know}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}
