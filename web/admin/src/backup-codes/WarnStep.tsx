import { FaultAlert, useNow, type Fault } from '@factordesk/shared';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ErrorSummary } from '../layout/ErrorSummary';
import type { Confirmation } from './AskStep';
import classes from './BackupCodes.module.css';
import { ChoiceField } from './ChoiceField';
import { Danger } from './Danger';
import type { Request, Wrong } from './request';
import { StepTitle } from './StepTitle';
import { minutes, secondsLeft } from './timeLeft';
import { handovers, identityChecks, purposes } from './words';

interface Props {
  confirmation: Confirmation;
  request: Request;
  onChange(request: Request): void;
  busy: boolean;
  /** Why no codes were made at the last try. */
  fault?: Fault;
  onGenerate(): void;
  onBack(): void;
  /** The confirmation's time is over. */
  onExpired(): void;
}

/** The warning once more, with what the server knows. Its button, which has the words of the first click, alone makes the codes. */
export function WarnStep({ confirmation, request, onChange, busy, fault, onGenerate, onBack, onExpired }: Props) {
  const [wrong, setWrong] = useState<Wrong>({});
  const left = useTimeLeft(confirmation, busy, onExpired);

  const submit = () => {
    const missing: Wrong = request.handover ? {} : { handover: 'Choose how the codes will reach the user' };
    setWrong(missing);
    if (request.handover) onGenerate();
  };

  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <Stack gap="lg">
        <StepTitle step={2}>Are you absolutely sure?</StepTitle>
        <ErrorSummary wrong={wrong} />
        {fault && <FaultAlert fault={fault} focus />}
        <Danger
          warning={confirmation.warning}
          effects={[
            voids(confirmation.voidsCodes),
            'The user is told that codes were made.',
            'The audit log keeps your name and what you stated.',
            'It can’t be undone; codes can be revoked.',
          ]}
        />
        <Stated request={request} />
        <ChoiceField
          id="handover"
          label="How will the codes reach the user?"
          hint="Never by text or email: whoever reads them there could sign in."
          choices={handovers}
          value={request.handover}
          onChange={(handover) => {
            setWrong({});
            onChange({ ...request, handover });
          }}
          error={wrong.handover}
        />
        <Group>
          <Button type="submit" color="red" loading={busy}>
            Generate Backup Codes
          </Button>
          <Button variant="default" onClick={onBack} disabled={busy}>
            Go back
          </Button>
          <Text size="sm" c="dimmed" className="numeric" role="timer">
            Time left to confirm: {minutes(left)}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

const voids = (count: number) => {
  if (count === 0) return 'The user has no unused codes that would become void.';
  return count === 1 ? '1 unused code becomes void.' : `${count} unused codes become void.`;
};

/** Counts the confirmation's time down. An act under way is left to the server to judge. */
function useTimeLeft(confirmation: Confirmation, busy: boolean, onExpired: () => void): number {
  const now = useNow(500);
  const [end] = useState(() => now + secondsLeft(confirmation.expiresAt, now) * 1000);
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  const over = left === 0 && !busy;
  useEffect(() => {
    if (over) onExpired();
  }, [over, onExpired]);
  return left;
}

/** What was stated, to be looked over once more. */
function Stated({ request }: { request: Request }) {
  return (
    <section className={`panel ${classes.stated}`} aria-labelledby="stated">
      <Title order={2} size="h6" id="stated">
        What you stated
      </Title>
      <dl className={classes.facts}>
        <dt>For</dt>
        <dd>{request.purpose && purposes[request.purpose].label}</dd>
        <dt>Identity checked by</dt>
        <dd>{request.identityCheck && identityChecks[request.identityCheck].label}</dd>
        <dt>Reason</dt>
        <dd className={classes.wrap}>{request.reason}</dd>
      </dl>
    </section>
  );
}
