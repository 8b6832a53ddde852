import { FaultAlert, useRead, useTitle } from '@factordesk/shared';
import { Stack, Title, VisuallyHidden } from '@mantine/core';
import { useNavigate, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { UsersDocument } from '../gql/graphql';
import { Pages } from '../layout/Pages';
import { NoUsers } from './NoUsers';
import { focusFirstRow, moveByKey } from './rows';
import { SearchBar } from './SearchBar';
import { UsersTable } from './UsersTable';
import { useSearchText } from './useSearchText';

const PAGE = 25;

/** Finds a user. What is looked for is in the address, so that reloading and going back lead to the same list. */
export function UsersPage() {
  useTitle('Manage users');
  const search = useSearch({ from: '/users' });
  const navigate = useNavigate({ from: '/users' });
  const router = useRouter();
  const trail = useRouterState({ select: (s) => s.location.state.trail }) ?? (search.after ? [''] : []);
  const list = useRef<HTMLDivElement>(null);
  const turned = useRef(false);

  const { data, faults, loading, refreshing, reload } = useRead(UsersDocument, {
    search: search.search,
    kind: search.kind,
    after: search.after,
    first: PAGE,
  });
  const users = data?.users?.nodes;
  const fault = faults.find((f) => f.path === '' || f.path === 'users');
  const { text, type } = useSearchText(search.search ?? '', (typed) => {
    // Whoever opened a user meanwhile is not called back.
    if (router.latestLocation.pathname === '/users') void navigate({ search: { kind: search.kind, search: typed || undefined }, replace: true });
  });
  const turn = (after: string, before: string[]) => {
    turned.current = true;
    void navigate({ search: { ...search, after: after || undefined }, state: { trail: before } });
  };
  useEffect(() => {
    if (refreshing || !turned.current) return;
    turned.current = false;
    focusFirstRow(list.current);
  }, [refreshing, users]);

  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        Manage users
      </Title>
      <SearchBar
        text={text}
        onType={type}
        kind={search.kind}
        onKind={(kind) => void navigate({ search: { search: search.search, kind } })}
        onDown={() => focusFirstRow(list.current)}
      />
      <VisuallyHidden role="status">{!loading && !refreshing && users && countInWords(users.length)}</VisuallyHidden>
      {fault ? (
        <FaultAlert fault={fault} onRetry={fault.code === 'FORBIDDEN' ? undefined : reload} />
      ) : users?.length === 0 ? (
        <NoUsers search={search} onEveryone={() => void navigate({ search: {} })} />
      ) : (
        <div
          ref={list}
          role="presentation" // what its rows are pressed bubbles up to it
          onKeyDown={(e) => {
            if (moveByKey(e.key, list.current, () => document.querySelector<HTMLInputElement>('input[data-search]')?.focus())) e.preventDefault();
          }}
        >
          <UsersTable users={users} busy={loading || refreshing} />
        </div>
      )}
      {!fault && users && (
        <Pages
          place={trail.length + 1}
          next={data.users?.pageInfo.hasNextPage ? (data.users.pageInfo.endCursor ?? undefined) : undefined}
          onNext={(after) => turn(after, [...trail, search.after ?? ''])}
          onBack={trail.length > 0 ? () => turn(trail.at(-1) ?? '', trail.slice(0, -1)) : undefined}
        />
      )}
    </Stack>
  );
}

const countInWords = (count: number): string => (count === 0 ? 'No user found' : count === 1 ? '1 user shown' : `${count} users shown`);
