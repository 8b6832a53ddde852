import { Icon } from '@factordesk/shared';
import { Alert, Stack } from '@mantine/core';
import { StepTitle } from './StepTitle';

/** Says why the viewer may not make codes for this user, before anything is asked. */
export function Refused({ reason }: { reason?: string | null }) {
  return (
    <Stack gap="lg">
      <StepTitle>Generate Backup Codes</StepTitle>
      <Alert color="red" variant="light" icon={<Icon name="lock" />} title="You can’t make codes for this user" role="alert">
        {reason ?? 'What you may do could not be told. Load the page again.'}
      </Alert>
    </Stack>
  );
}
