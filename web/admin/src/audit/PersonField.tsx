import { useRead } from '@factordesk/shared';
import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { AuditPeopleDocument, AuditPersonDocument, type AuditPersonFragment } from '../gql/graphql';
import { useHolds } from '../session/useHolds';

interface Props {
  label: string;
  /** The id of a user, or of a device that a link came with. */
  value?: string;
  onChange(id: string | undefined): void;
}

/** Chooses a person by name, or by id for who may not see users. */
export function PersonField(props: Props) {
  return useHolds('VIEW_USERS') ? <ByName {...props} /> : <ById {...props} />;
}

const ById = ({ label, value, onChange }: Props) => (
  <TextInput label={label} placeholder="Id" value={value ?? ''} onChange={(e) => onChange(e.currentTarget.value.trim() || undefined)} />
);

function ByName({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const chosen = useRead(AuditPersonDocument, { id: value ?? '' }, { pause: !value, policy: 'cache-first' }).data?.user;
  const found = useRead(AuditPeopleDocument, { search }, { pause: search.length < 2 });
  const people = new Map<string, string>();
  if (value) people.set(value, chosen ? named(chosen) : value);
  if (search.length >= 2) for (const person of found.data?.users?.nodes ?? []) people.set(person.id, named(person));

  return (
    <Select
      label={label}
      placeholder="Name or email"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear: ${label}` }}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      onSearchChange={setTyped}
      data={[...people].map(([id, name]) => ({ value: id, label: name }))}
      // The server has searched already, and by more than the names that are shown.
      filter={({ options }) => options}
      nothingFoundMessage={search.length < 2 ? 'Type two letters or more' : found.loading ? 'Searching…' : 'Nobody found'}
    />
  );
}

const named = ({ firstName, lastName, email }: AuditPersonFragment) => `${firstName} ${lastName} (${email})`;
