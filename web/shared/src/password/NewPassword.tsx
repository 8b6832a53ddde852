import { PasswordInput } from '@mantine/core';
import { useWords } from '../words/Words';

interface Props {
  value: string;
  onChange(value: string): void;
  error?: string;
}

/** Asks for a password that is good enough; the server decides which are. */
export function NewPassword({ value, onChange, error }: Props) {
  const words = useWords();
  return (
    <PasswordInput
      label={words.password.next}
      description={words.password.rules}
      name="new-password"
      autoComplete="new-password"
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      minLength={12}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword, tabIndex: 0 }}
    />
  );
}
