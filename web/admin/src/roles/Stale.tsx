import { Icon, takeFocus, type Fault } from '@factordesk/shared';
import { Alert, Button, Text } from '@mantine/core';

/** Says that someone else saved first, and offers what they saved. */
export const Stale = ({ fault, onLoad }: { fault: Fault; onLoad(): void }) => (
  <Alert ref={takeFocus} tabIndex={-1} role="alert" color="yellow" variant="light" icon={<Icon name="users" />} title="Someone else was first">
    <Text size="sm">{fault.message} Nothing of yours was saved, and nothing that you entered is lost.</Text>
    <Button mt="xs" size="xs" variant="default" onClick={onLoad}>
      Load what is stored now
    </Button>
  </Alert>
);

/** Says what became of what was typed. */
export const Loaded = () => (
  <Alert ref={takeFocus} tabIndex={-1} role="status" color="blue" variant="light" icon={<Icon name="info" />} title="Read again">
    <Text size="sm">What is stored now is in the form, with what you changed over it. Look at it once more, then save.</Text>
  </Alert>
);
