import { useWords as useSharedWords } from '@factordesk/shared';
import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';

/** Asks for the bank's short name. */
export function AskBank({ onBank }: { onBank(slug: string): void }) {
  const { signIn, account } = useSharedWords();
  const [typed, setTyped] = useState('');
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        onBank(typed.trim().toLowerCase());
      }}
    >
      <Stack>
        <TextInput
          label={signIn.institution}
          description={signIn.institutionHint}
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
          name="institution"
          autoComplete="organization"
          autoCapitalize="off"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <Button type="submit">{account.next}</Button>
      </Stack>
    </form>
  );
}
