import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import styles from './Audit.module.css';
import { PersonField } from './PersonField';
import { isFiltered, parseSearch, type AuditSearch } from './search';
import { actions } from './words';

/** Chooses which entries to show. What is chosen stands in the address, to be kept or sent to a colleague. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(search);
  const choose = (change: AuditSearch) => setChosen((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: '/audit', search: parseSearch({ ...chosen, after: undefined }) });
  };
  return (
    <form className={`panel ${styles.filters}`} onSubmit={submit} aria-label="Filters">
      <NativeSelect
        label="What was done"
        value={chosen.action ?? ''}
        onChange={(e) => choose({ action: parseSearch({ action: e.currentTarget.value }).action })}
        data={[{ value: '', label: 'Anything' }, ...Object.entries(actions).map(([value, label]) => ({ value, label }))]}
      />
      <PersonField label="Who did it" value={chosen.actor} onChange={(actor) => choose({ actor })} />
      <PersonField label="To whom" value={chosen.target} onChange={(target) => choose({ target })} />
      <TextInput type="date" label="From day" value={chosen.from ?? ''} max={chosen.to} onChange={(e) => choose({ from: e.currentTarget.value })} />
      <TextInput type="date" label="To day" value={chosen.to ?? ''} min={chosen.from} onChange={(e) => choose({ to: e.currentTarget.value })} />
      <div className={styles.acts}>
        <Button type="submit">Apply</Button>
        {isFiltered(search) && (
          <Button variant="subtle" renderRoot={(props) => <Link to="/audit" search={{}} {...props} />}>
            Clear
          </Button>
        )}
      </div>
    </form>
  );
}
