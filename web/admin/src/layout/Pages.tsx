import { Button, Group, Text } from '@mantine/core';

interface Props {
  place: number;
  next?: string;
  onNext(after: string): void;
  onBack?: () => void;
}

/** Leads to the pages beside this one; left out where there is but one. */
export function Pages({ place, next, onNext, onBack }: Props) {
  if (!next && !onBack) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="flex-end" gap="sm">
      <Text size="sm" c="dimmed" className="numeric">
        Page {place}
      </Text>
      <Button variant="default" size="xs" disabled={!onBack} onClick={onBack}>
        Back
      </Button>
      <Button variant="default" size="xs" disabled={!next} onClick={() => next && onNext(next)}>
        Next
      </Button>
    </Group>
  );
}
