import { Dialog } from '@factordesk/shared';
import { Button, Group, Text } from '@mantine/core';
import classes from './Settings.module.css';

interface Props {
  /** What would need attention that needs none now; undefined while nothing is asked. */
  consequences?: string[];
  busy: boolean;
  onSave(): void;
  onClose(): void;
}

/** Says before anything is saved what would come of it, whom it would lock out above all. */
export function ConsequencesDialog({ consequences, busy, onSave, onClose }: Props) {
  return (
    <Dialog opened={consequences !== undefined} onClose={onClose} title="Save these changes?" centered>
      <Text size="sm" mb="xs">
        Nothing is saved yet. Once it is:
      </Text>
      <ul className={classes.consequences}>
        {consequences?.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          Go on editing
        </Button>
        <Button color="red" onClick={onSave} loading={busy}>
          Save anyway
        </Button>
      </Group>
    </Dialog>
  );
}
