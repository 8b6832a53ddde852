import { PasswordInput } from '@mantine/core';
import { useText } from '../text/Text';

interface Props {
  value: string;
  onChange(value: string): void;
  error?: string;
}

/** Asks for a password that is good enough; the server decides which are. */
export function NewPassword({ value, onChange, error }: Props) {
  const text = useText();
  return (
    <PasswordInput
      label={text.password.next}
      description={text.password.rules}
      name="new-password"
      autoComplete="new-password"
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      minLength={12}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': text.signIn.showPassword, tabIndex: 0 }}
    />
  );
}
