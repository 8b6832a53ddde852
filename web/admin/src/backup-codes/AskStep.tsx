import { FaultAlert, useAct, type Fault } from '@factordesk/shared';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { PrepareBackupCodesDocument, type PrepareBackupCodesMutation } from '../gql/graphql';
import { ErrorSummary } from '../layout/ErrorSummary';
import { ChoiceField } from './ChoiceField';
import { Danger } from './Danger';
import { ReasonField } from './ReasonField';
import { wrongWith, type Request, type Wrong } from './request';
import { StepTitle } from './StepTitle';
import { nameOf, WhoFor, type Target } from './WhoFor';
import { offeredChecks, purposesFor } from './words';

export type Confirmation = NonNullable<NonNullable<PrepareBackupCodesMutation['prepareBackupCodes']>['confirmation']>;

interface Props {
  user: Target;
  request: Request;
  onChange(request: Request): void;
  /** Why the flow came back here. */
  back?: Fault;
  onPrepared(confirmation: Confirmation): void;
}

/** Who has codes should use one of them. */
const unused = ({ backupCodes, firstName }: Target): string[] => {
  const left = backupCodes?.remaining ?? 0;
  if (left === 0) return [];
  return [
    left === 1
      ? `${firstName} has one unused code: have them use it, if they still hold it. A new set voids it.`
      : `${firstName} has ${left} unused codes: have them use one, if they still hold them. A new set voids them.`,
  ];
};

/** The warning, and for whom, what for, how the person was made sure of, and why. Nothing is made yet. */
export function AskStep({ user, request, onChange, back, onPrepared }: Props) {
  const { act, busy } = useAct(PrepareBackupCodesDocument);
  const [wrong, setWrong] = useState<Wrong>({});
  const [fault, setFault] = useState(back);

  /** What is changed counts as mended, until it is looked at again. */
  const change = (part: Partial<Request>) => {
    const left = Object.entries(wrong).filter(([field]) => !(field in part));
    if (left.length < Object.keys(wrong).length) setWrong(Object.fromEntries(left));
    onChange({ ...request, ...part });
  };

  const submit = async () => {
    const { purpose, identityCheck, reason } = request;
    setFault(undefined);
    setWrong(wrongWith(request));
    if (!purpose || !identityCheck || Object.keys(wrongWith(request)).length > 0) return;
    const { data, fault } = await act({ input: { userId: user.id, purpose, identityCheck, reason } });
    const confirmation = data?.prepareBackupCodes?.confirmation;
    if (confirmation) onPrepared(confirmation);
    else if (fault?.field) setWrong({ [fault.field]: fault.message });
    else setFault(fault);
  };

  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <Stack gap="lg">
        <StepTitle step={1}>Generate Backup Codes</StepTitle>
        <ErrorSummary wrong={wrong} />
        {fault && <FaultAlert fault={fault} focus />}
        <Danger
          warning={`Whoever holds a backup code and the password can sign in as ${nameOf(user)}. Go on only if you are absolutely sure who you are talking to.`}
          effects={[...unused(user), 'Nothing is made yet.', 'Codes never go by text or email: you read them out on a call that you make, or hand them over.']}
        />
        <WhoFor user={user} />
        <ChoiceField
          id="purpose"
          label="What are the codes for?"
          choices={purposesFor(user.status)}
          value={request.purpose}
          onChange={(purpose) => change({ purpose })}
          error={wrong.purpose}
        />
        <ChoiceField
          id="identityCheck"
          label="How did you make sure of the person?"
          choices={offeredChecks}
          value={request.identityCheck}
          onChange={(identityCheck) => change({ identityCheck })}
          error={wrong.identityCheck}
        />
        <ReasonField
          id="reason"
          label="Why are codes needed?"
          value={request.reason}
          onChange={(reason) => change({ reason })}
          error={wrong.reason}
        />
        <Group>
          <Button type="submit" loading={busy}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
