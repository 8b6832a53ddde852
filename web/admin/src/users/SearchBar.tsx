import { Icon } from '@factordesk/shared';
import { SegmentedControl, TextInput } from '@mantine/core';
import type { UserKind } from '../gql/graphql';
import classes from './Users.module.css';

interface Props {
  text: string;
  onType(text: string): void;
  kind: UserKind | undefined;
  onKind(kind: UserKind | undefined): void;
  /** Leads from the field into the list. */
  onDown(): void;
}

export function SearchBar({ text, onType, kind, onKind, onDown }: Props) {
  return (
    <search className={classes.bar}>
      <TextInput
        type="search"
        label="Search users"
        description="Name, email address or phone number"
        className={classes.search}
        leftSection={<Icon name="search" />}
        rightSection={
          <kbd className={classes.key} aria-hidden>
            /
          </kbd>
        }
        value={text}
        onChange={(e) => onType(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key !== 'ArrowDown') return;
          e.preventDefault();
          onDown();
        }}
        maxLength={100}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-keyshortcuts="/"
        data-search
      />
      <SegmentedControl
        aria-label="Which users"
        value={kind ?? ''}
        onChange={(value) => onKind((value || undefined))}
        data={[
          { value: '', label: 'Everyone' },
          { value: 'CUSTOMER', label: 'Customers' },
          { value: 'STAFF', label: 'Staff' },
        ]}
      />
    </search>
  );
}
