import { StatusMark } from '@factordesk/shared';
import { Skeleton } from '@mantine/core';
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { Link, useSearch } from '@tanstack/react-router';
import type { UserRowFragment } from '../gql/graphql';
import { tones } from '../user/attention';
import { fullName, kindWords, statusWords } from '../user/words';
import { devicesInWords } from './devices';
import classes from './Users.module.css';

const features = tableFeatures({});
const column = createColumnHelper<typeof features, UserRowFragment>();
const columns = column.columns([
  column.display({ id: 'name', header: 'Name', cell: ({ row }) => <NameCell user={row.original} /> }),
  column.accessor('email', { header: 'Email' }),
  column.accessor(kindWords, { id: 'kind', header: 'Kind' }),
  column.display({ id: 'status', header: 'Status', cell: ({ row }) => <StatusCell user={row.original} /> }),
  column.accessor((user) => devicesInWords(user.devices), { id: 'devices', header: 'Devices' }),
  column.display({ id: 'attention', header: 'Needs attention', cell: ({ row }) => <AttentionCell user={row.original} /> }),
]);

/** A page of users; skeletons of the same size while `users` is not there. */
export function UsersTable({ users, busy }: { users: UserRowFragment[] | undefined; busy: boolean }) {
  const table = useTable({ features, columns, data: users ?? nobody, getRowId: (user) => user.id });
  return (
    <div className={`panel ${classes.panel}`}>
      <table className={classes.table} aria-label="Users" aria-busy={busy}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" data-column={header.column.id}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {users
            ? table.getRowModel().rows.map((row) => (
                <tr key={row.id}>
                  {row.getAllCells().map((cell) => {
                    const Cell = cell.column.id === 'name' ? 'th' : 'td';
                    return (
                      <Cell key={cell.id} scope={Cell === 'th' ? 'row' : undefined} data-column={cell.column.id}>
                        <table.FlexRender cell={cell} />
                      </Cell>
                    );
                  })}
                </tr>
              ))
            : Array.from({ length: 10 }, (_, row) => <SkeletonRow key={row} />)}
        </tbody>
      </table>
    </div>
  );
}

const nobody: UserRowFragment[] = [];

function SkeletonRow() {
  return (
    <tr>
      {columns.map((_, place) => (
        <td key={place} data-column={place === 0 ? 'name' : columns[place]?.id}>
          <Skeleton h={12} my={5} w={place === 0 ? '60%' : '80%'} />
        </td>
      ))}
    </tr>
  );
}

function NameCell({ user }: { user: UserRowFragment }) {
  const list = useSearch({ from: '/users' });
  return (
    <>
      <Link to="/users/$userId" params={{ userId: user.id }} state={{ list }} className={classes.row} data-row>
        {fullName(user)}
      </Link>
      {/* On a narrow screen the other columns are not there. */}
      <span className={classes.narrow}>{user.email}</span>
    </>
  );
}

function StatusCell({ user }: { user: UserRowFragment }) {
  const { tone, words } = statusWords[user.status];
  return <StatusMark tone={tone}>{words}</StatusMark>;
}

function AttentionCell({ user }: { user: UserRowFragment }) {
  const [first, ...more] = user.attention ?? [];
  if (!user.attention) return null;
  if (!first) return <span className={classes.nothing}>Nothing</span>;
  return (
    <StatusMark tone={tones[first.severity]}>
      {first.title}
      {more.length > 0 && `, and ${more.length} more`}
    </StatusMark>
  );
}
