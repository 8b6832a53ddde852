import { Alert, Button, Loader, Stack } from '@mantine/core';
import { FaultAlert } from '../parts/FaultAlert';
import { Icon } from '../parts/Icon';
import { useWords } from '../words/Words';
import type { useBank } from './useBank';

/** Stands in the place of a form while it is not known whose it is, or where there is none of that name. */
export function NoBank({ of: { bank, fault, reload }, onOther }: { of: ReturnType<typeof useBank>; onOther(): void }) {
  const words = useWords().signIn;
  if (bank === undefined) return fault ? <FaultAlert fault={fault} onRetry={reload} /> : <Loader />;
  return (
    <Stack>
      <Alert role="alert" color="yellow" variant="light" icon={<Icon name="alert" />} title={words.unknownTitle}>
        {words.unknown}
      </Alert>
      <Button variant="default" onClick={onOther}>
        {words.other}
      </Button>
    </Stack>
  );
}
