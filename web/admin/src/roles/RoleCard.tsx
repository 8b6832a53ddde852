import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ShownRoleFragment } from '../gql/graphql';
import { permissions } from './permissions';
import { RemoveRole } from './RemoveRole';
import classes from './Roles.module.css';
import { holders } from './words';

interface Props {
  role: ShownRoleFragment;
  /** The viewer holds it. */
  own: boolean;
  onEdit(): void;
  /** What was done, in a sentence. */
  onDone(words: string): void;
}

/** One role: what it allows, how many hold it, and what may be done about it. */
export function RoleCard({ role, own, onEdit, onDone }: Props) {
  const [removing, setRemoving] = useState(false);
  return (
    <li className={`panel ${classes.card}`}>
      <div className={classes.head}>
        <Title order={2} size="h4" className={classes.name}>
          {role.name}
        </Title>
        <Text size="sm" c="dimmed" component="span" className="numeric">
          {holders(role.memberCount, own)}
        </Text>
      </div>
      <ul className={classes.allows} aria-label={`What ${role.name} allows`}>
        {role.permissions.map((p) => (
          <li key={p}>{permissions[p].name}</li>
        ))}
      </ul>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={onEdit} aria-label={`Edit: ${role.name}`}>
          Edit
        </Button>
        <Button size="xs" variant="default" onClick={() => setRemoving(true)} aria-label={`Remove: ${role.name}`}>
          Remove
        </Button>
      </Group>
      {removing && <RemoveRole role={role} onClose={() => setRemoving(false)} onDone={onDone} />}
    </li>
  );
}
