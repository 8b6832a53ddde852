import { Icon, useSession } from '@factordesk/shared';
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import styles from './History.module.css';
import type { Reading, Target } from './reading';

interface Props {
  /** The numbers of the profile. */
  numbers: { phoneNumber: string; formatted: string }[];
  /** Why nothing may be read here. */
  refused?: string;
  reading: Reading | null;
  onFetch(target: Target): void;
}

/** Chooses whose texts to read: the profile's, or those to any destination number. */
export function HistoryForm({ numbers, refused, reading, onFetch }: Props) {
  return (
    <div className={styles.forms}>
      <ProfileForm numbers={numbers} refused={refused} onFetch={onFetch} />
      <AnywhereForm refused={refused} reading={reading} onFetch={onFetch} />
    </div>
  );
}

function ProfileForm({ numbers, refused, onFetch }: Omit<Props, 'reading'>) {
  const [number, setNumber] = useState('');
  const reasonId = useId();
  const reason = refused ?? (numbers.length === 0 ? 'This profile has no phone number.' : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFetch({ from: 'profile', number: number || undefined });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          className={styles.field}
          label="Numbers of this profile"
          value={number}
          onChange={(e) => setNumber(e.currentTarget.value)}
          disabled={Boolean(reason)}
          data={[
            { value: '', label: numbers.length > 1 ? `All ${numbers.length} numbers together` : 'All numbers' },
            ...numbers.map((n) => ({ value: n.phoneNumber, label: n.formatted })),
          ]}
        />
        <Button type="submit" disabled={Boolean(reason)} aria-describedby={reason && reasonId} leftSection={<Icon name="text" />}>
          Fetch notification history
        </Button>
      </Group>
      {reason && (
        <Text size="sm" c="dimmed" mt={4} id={reasonId}>
          {reason}
        </Text>
      )}
    </form>
  );
}

function AnywhereForm({ refused, reading, onFetch }: Omit<Props, 'numbers'>) {
  const { viewer } = useSession();
  const [number, setNumber] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const fault = reading?.target.from === 'anywhere' ? reading.fault?.fault : undefined;
  const wrong = fault?.field === 'phoneNumber' ? fault : undefined;
  useEffect(() => {
    if (wrong) field.current?.focus();
  }, [wrong]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFetch({ from: 'anywhere', number: number.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start" className={styles.line}>
        <TextInput
          ref={field}
          className={styles.field}
          label="Any destination number"
          type="tel"
          autoComplete="off"
          required
          withAsterisk={false}
          placeholder="+1 202 555 0123"
          value={number}
          onChange={(e) => setNumber(e.currentTarget.value)}
          disabled={Boolean(refused)}
          error={wrong?.message}
          aria-describedby="history-anywhere"
        />
        <Button type="submit" variant="default" disabled={Boolean(refused)} leftSection={<Icon name="search" />}>
          Look up
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={4} id="history-anywhere">
        On a profile or not. Shows the texts that {viewer.institution.name} sent to it, nobody else’s, in place of what is shown
        below. The look-up is recorded under your name.
      </Text>
    </form>
  );
}
