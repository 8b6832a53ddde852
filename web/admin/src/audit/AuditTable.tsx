import { Icon, StatusMark, When } from '@factordesk/shared';
import { ActionIcon, Anchor, Text, Tooltip } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import type { AuditLogQuery, AuditPersonFragment } from '../gql/graphql';
import styles from './Audit.module.css';
import { outcome, remarks, what } from './words';

type Entry = NonNullable<AuditLogQuery['auditLog']>['nodes'][number];

/** Entries, newest first; cards where there is no room for columns, whose roles are said because cards are no table to a browser. */
export function AuditTable({ entries, busy }: { entries: Entry[]; busy: boolean }) {
  return (
    <div className={`panel ${styles.frame}`}>
      <table role="table" className={styles.table} aria-label="Entries" aria-busy={busy}>
        <thead role="rowgroup">
          <tr role="row">
            {['No.', 'When', 'Who', 'What', 'To whom', 'Outcome', 'Details', 'Address'].map((name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {entries.map((entry) => (
            <EntryRow key={entry.sequence} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const { tone, words } = outcome(entry.outcome);
  return (
    <tr role="row" className={styles.row}>
      <td role="cell" className={styles.number} data-label="No.">
        {entry.sequence}
      </td>
      <td role="cell">
        <When at={entry.at} precision="second" />
      </td>
      <td role="cell" className={styles.who}>
        {entry.actorId ? <Person id={entry.actorId} person={entry.actor} as="actor" /> : <Text size="sm">Nobody known</Text>}
      </td>
      <td role="cell" className={styles.what}>
        {what(entry)}
      </td>
      <td role="cell" data-label="To whom" className={styles.who}>
        <TargetOf entry={entry} />
      </td>
      <td role="cell" className={styles.outcome}>
        <StatusMark tone={tone}>{words}</StatusMark>
      </td>
      <td role="cell" className={styles.details}>
        <dl>
          {remarks(entry).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}:</dt> <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </td>
      <td role="cell" className={styles.address} data-label="From">
        {entry.address}
      </td>
    </tr>
  );
}

function TargetOf({ entry: { actorId, targetId, targetUser } }: { entry: Entry }) {
  if (!targetId) return <Text size="sm">–</Text>;
  if (targetId.startsWith('ins_')) return <Text size="sm">The institution</Text>;
  const onDevice = targetId !== targetUser?.id;
  if (targetUser && targetUser.id === actorId) return <Text size="sm">{onDevice ? 'Own device' : 'Own account'}</Text>;
  return (
    <>
      <Person id={targetUser?.id ?? targetId} person={targetUser} as="target" />
      {targetUser && onDevice && (
        <Text size="xs" c="dimmed">
          A device of theirs
        </Text>
      )}
    </>
  );
}

/** Who it was, with the way to their page and to all else that they did or that was done to them. */
function Person({ id, person, as }: { id: string; person: AuditPersonFragment | null; as: 'actor' | 'target' }) {
  const search = useSearch({ from: '/audit' });
  const name = person ? `${person.firstName} ${person.lastName}` : id;
  const label = as === 'actor' ? `Only what ${name} did` : `Only what was done to ${name}`;
  return (
    <div className={styles.person}>
      <div>
        {person ? (
          <Anchor size="sm" renderRoot={(props) => <Link to="/users/$userId" params={{ userId: id }} {...props} />}>
            {name}
          </Anchor>
        ) : (
          <span className="mono">{id}</span>
        )}
        {person && (
          <Text size="xs" c="dimmed">
            {person.email}
          </Text>
        )}
      </div>
      {search[as] !== id && (
        <Tooltip label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={label}
            renderRoot={(props) => <Link to="/audit" search={{ ...search, [as]: id, after: undefined }} {...props} />}
          >
            <Icon name="filter" size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
