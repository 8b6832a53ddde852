import { Dialog, FaultAlert, When, type Fault } from '@factordesk/shared';
import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PhoneFragment } from '../gql/graphql';
import { ReasonField } from '../backup-codes/ReasonField';
import { reasonFault } from '../backup-codes/reason';
import classes from './NumberTypeDialog.module.css';
import { before, choices, type Choice } from './numberType';
import { useNumberType } from './useNumberType';
import { fullName, typeInSentence } from './words';

/** A change that was saved. */
export interface Saved {
  phone: PhoneFragment;
  /** What an undo puts back; none for an undo itself. */
  back?: Choice;
  reason: string;
  /** Counts the changes. */
  turn: number;
}

interface Props {
  phone: PhoneFragment;
  onClose(): void;
  onSaved(saved: Saved): void;
  /** The phone was removed meanwhile. */
  onGone(fault: Fault): void;
  /** The phone may be another than it was shown: it has to be read again. */
  onConflict(): void;
}

/** Asks how a phone's codes shall go, and why. */
export function NumberTypeDialog({ phone, onClose, onSaved, onGone, onConflict }: Props) {
  const { set, busy } = useNumberType(phone);
  const [choice, setChoice] = useState<Choice>(phone.numberType);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState<string>();
  const [fault, setFault] = useState<Fault>();

  const save = async () => {
    const wrong = reasonFault(reason);
    setMissing(wrong);
    setFault(undefined);
    if (wrong) {
      document.getElementById('number-type-reason')?.focus();
      return;
    }
    const outcome = await set(choice, reason.trim());
    if (outcome.phone) return onSaved({ phone: outcome.phone, back: before(phone), reason, turn: Date.now() });
    if (outcome.fault?.code === 'NOT_FOUND') return onGone(outcome.fault);
    if (outcome.fault?.code === 'CONFLICT') onConflict();
    setFault(outcome.fault);
  };

  return (
    <Dialog onClose={onClose} title="Communication method" size="lg">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <Stack>
          <LastChange phone={phone} />
          <Radio.Group
            name="number-type"
            value={choice}
            onChange={(value) => setChoice(value)}
            label={`How codes to ${phone.formatted} go`}
            description="From the next code on. One that is under way is not changed."
          >
            <Stack gap="xs" mt="xs">
              {choices(phone).map((c) => (
                <Radio key={c.choice} value={c.choice} label={c.title} description={c.meaning} className={classes.choice} />
              ))}
            </Stack>
          </Radio.Group>
          <ReasonField id="number-type-reason" label="Reason" value={reason} onChange={setReason} error={missing} />
          {fault && <FaultAlert fault={fault} focus />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function LastChange({ phone }: { phone: PhoneFragment }) {
  const override = phone.numberTypeOverride;
  return (
    <Text size="sm" className={classes.last}>
      {override ? (
        <>
          {override.by ? fullName(override.by) : 'Someone no longer listed'} set it to {typeInSentence(override.numberType)} on{' '}
          <When at={override.at} />: “{override.reason}”
        </>
      ) : (
        `Staff have not changed it. Detected as: ${phone.detectedNumberType ? typeInSentence(phone.detectedNumberType) : 'unknown, so codes go by text'}.`
      )}
    </Text>
  );
}
