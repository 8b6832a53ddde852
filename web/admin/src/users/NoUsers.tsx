import { Button, Stack, Text, Title } from '@mantine/core';
import type { UsersSearch } from './search';

const whose = { CUSTOMER: 'customer', STAFF: 'staff user' } as const;

/** Says that nobody was found, and what was looked through. */
export function NoUsers({ search, onEveryone }: { search: UsersSearch; onEveryone(): void }) {
  const who = search.kind ? whose[search.kind] : 'user';
  return (
    <Stack className="panel" p="lg" gap="xs" align="flex-start">
      <Title order={2} size="h4">
        {search.search ? `No ${who} matches “${search.search}”` : `There is no ${who} here`}
      </Title>
      <Text size="sm" c="dimmed">
        Names, email addresses and phone numbers are searched, each from its beginning. Case and accents don’t matter, nor does a phone’s country code.
      </Text>
      <Button variant="default" size="xs" onClick={onEveryone}>
        Show everyone
      </Button>
    </Stack>
  );
}
