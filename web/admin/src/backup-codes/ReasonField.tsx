import { Textarea } from '@mantine/core';
import { MAX_REASON, reasonLength } from './reason';

interface Props {
  id?: string;
  label: string;
  value: string;
  onChange(value: string): void;
  error?: string;
}

/** Asks why, and counts as the server counts. */
export function ReasonField({ id, label, value, onChange, error }: Props) {
  const left = MAX_REASON - reasonLength(value);
  const characters = Math.abs(left) === 1 ? '1 character' : `${Math.abs(left)} characters`;
  return (
    <Textarea
      id={id}
      label={label}
      description={`It is kept in the audit log. ${characters} ${left >= 0 ? 'left' : 'too many'}.`}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      autosize
      minRows={2}
      maxRows={8}
      classNames={{ description: 'numeric' }}
    />
  );
}
