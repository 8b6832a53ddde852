import { StatusMark, When } from '@factordesk/shared';
import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReviewedGrantFragment, ReviewedPersonFragment } from '../gql/graphql';
import { permissions } from '../roles/permissions';
import { useHolds } from '../session/useHolds';
import { levelWords, stateWords } from '../staff/words';
import classes from './Review.module.css';
import { giver, source } from './words';

/** One of the staff and what they may do. */
export function ReviewedPerson({ person }: { person: ReviewedPersonFragment }) {
  const state = stateWords(person);
  const mayChange = useHolds('MANAGE_STAFF');
  return (
    <li className={`panel ${classes.person}`}>
      <div className={classes.head}>
        <div>
          <Title order={2} size="h4">
            {mayChange ? (
              <Anchor inherit renderRoot={(props) => <Link to="/settings/staff/$userId" params={{ userId: person.userId }} {...props} />}>
                {person.name}
              </Anchor>
            ) : (
              person.name
            )}
          </Title>
          <Text size="sm" c="dimmed">
            {person.email}
          </Text>
        </div>
        <div className={classes.standing}>
          <span>{levelWords(person.adminLevel)}</span>
          <StatusMark tone={state.tone}>{state.words}</StatusMark>
          <span>
            {person.lastSignedInAt ? (
              <>
                Last sign-in <When at={person.lastSignedInAt} />
              </>
            ) : (
              'No sign-in on record'
            )}
          </span>
        </div>
      </div>
      {person.grants.length === 0 ? <Text size="sm">May do nothing but sign in and keep their own account.</Text> : <Grants person={person} />}
    </li>
  );
}

/** Cards where there is no room for columns, whose roles are said because cards are no table to a browser. */
function Grants({ person }: { person: ReviewedPersonFragment }) {
  return (
    <table role="table" className={classes.table} aria-label={`What ${person.name} may do`}>
      <thead role="rowgroup">
        <tr role="row">
          {['Permission', 'By', 'Since', 'Given by', 'Last used'].map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {person.grants.map((grant) => (
          <GrantRow key={grant.permission} grant={grant} />
        ))}
      </tbody>
    </table>
  );
}

function GrantRow({ grant }: { grant: ReviewedGrantFragment }) {
  return (
    <tr role="row" className={classes.row}>
      <th role="rowheader" scope="row">
        {permissions[grant.permission].name}
      </th>
      <td role="cell" data-label="By">
        {source(grant)}
      </td>
      <td role="cell" data-label="Since">
        {grant.since ? <When at={grant.since} /> : 'Not on record'}
      </td>
      <td role="cell" data-label="Given by">
        {giver(grant)}
      </td>
      <td role="cell" data-label="Last used">
        {grant.lastUsedAt ? <When at={grant.lastUsedAt} /> : 'Never'}
      </td>
    </tr>
  );
}
