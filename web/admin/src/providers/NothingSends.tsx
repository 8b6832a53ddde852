import { Icon } from '@factordesk/shared';
import { Alert, Text } from '@mantine/core';

/** Says what follows where no provider would send any more. */
export const NothingSends = () => (
  <Alert color="red" variant="light" icon={<Icon name="alert" />} title="Then nothing is sent any more" role="alert">
    <Text size="sm">
      No other provider is switched on. Nobody gets a code by text or call until one is: customers and staff, you among them, sign in by another way only,
      such as an authenticator app or a backup code. Notices by text wait.
    </Text>
  </Alert>
);
