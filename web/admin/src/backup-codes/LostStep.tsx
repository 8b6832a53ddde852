import { FaultAlert, Icon, type Read } from '@factordesk/shared';
import { Alert, Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { BackupCodesUserQuery } from '../gql/graphql';
import classes from './BackupCodes.module.css';
import { SetState } from './SetState';
import { StepTitle } from './StepTitle';

interface Props {
  read: Read<BackupCodesUserQuery>;
  onAgain(): void;
}

/** The answer that held the codes never came. Whether a set was made is asked; its codes are lost. */
export function LostStep({ read, onAgain }: Props) {
  const { reload } = read;
  const asked = useRef(false);
  useEffect(() => {
    if (!asked.current) reload();
    asked.current = true;
  }, [reload]);
  return (
    <Stack gap="lg">
      <StepTitle>The codes did not arrive</StepTitle>
      <Alert color="red" variant="light" icon={<Icon name="alert" />} title="Nobody saw these codes" role="alert">
        The answer was lost on its way, and codes are never shown again. If a set was made after all, it stands here and its
        codes are of no use to anybody. Make a new set: it voids that one.
      </Alert>
      <section className={`panel ${classes.state}`} aria-label="The newest set now" aria-busy={read.refreshing}>
        {read.faults[0] ? <FaultAlert fault={read.faults[0]} onRetry={reload} /> : <SetState set={read.data?.user?.backupCodes} />}
      </section>
      <Group>
        <Button onClick={onAgain}>Make a new set</Button>
        <Button variant="default" onClick={reload} loading={read.refreshing}>
          Look again
        </Button>
      </Group>
    </Stack>
  );
}
