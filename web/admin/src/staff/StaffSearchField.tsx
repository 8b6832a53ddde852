import { Icon } from '@factordesk/shared';
import { TextInput } from '@mantine/core';

interface Props {
  text: string;
  onType(text: string): void;
}

/** Finds staff by what they are called. */
export const StaffSearchField = ({ text, onType }: Props) => (
  <search>
    <TextInput
      type="search"
      label="Search staff"
      description="Name, email address or phone number"
      maw={560}
      leftSection={<Icon name="search" />}
      value={text}
      onChange={(e) => onType(e.currentTarget.value)}
      maxLength={100}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      aria-keyshortcuts="/"
      data-search
    />
  </search>
);
