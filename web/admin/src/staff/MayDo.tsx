import { StatusMark } from '@factordesk/shared';
import { Text, Title } from '@mantine/core';
import type { Permission } from '../gql/graphql';
import { allPermissions, permissions } from '../roles/permissions';
import classes from '../roles/Roles.module.css';

interface Props {
  name: string;
  before: Permission[];
  after: Permission[];
}

/** What somebody may do once the form is saved, with what is new and what is gone. */
export function MayDo({ name, before, after }: Props) {
  const told = allPermissions.filter((p) => before.includes(p) || after.includes(p));
  return (
    <section className={`panel ${classes.part}`} aria-labelledby="may-do">
      <Title order={2} size="h4" id="may-do" mb="sm">
        What {name} may do as a result
      </Title>
      {told.length === 0 && <Text size="sm">Nothing but sign in and keep their own account.</Text>}
      <ul className={classes.allows}>
        {told.map((p) => (
          <li key={p}>
            {!after.includes(p) ? (
              <StatusMark tone="bad">{permissions[p].name}: no more</StatusMark>
            ) : before.includes(p) ? (
              <StatusMark tone="good">{permissions[p].name}</StatusMark>
            ) : (
              <StatusMark tone="busy" icon="plus">
                {permissions[p].name}: new
              </StatusMark>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
