import { Alert, Button, Text } from '@mantine/core';
import { Icon } from '../parts/Icon';
import { takeFocus } from '../parts/takeFocus';
import { useWords } from '../words/Words';

/** Says that a password is right and no longer good, and leads on to a new one. */
export function VoidPassword({ onNext }: { onNext(): void }) {
  const words = useWords().password;
  return (
    <Alert role="alert" color="red" variant="light" icon={<Icon name="lock" />} title={words.voidTitle}>
      <Text size="sm" mb="xs">
        {words.voidLead}
      </Text>
      <Button ref={takeFocus} size="xs" variant="default" onClick={onNext}>
        {words.voidNext}
      </Button>
    </Alert>
  );
}
