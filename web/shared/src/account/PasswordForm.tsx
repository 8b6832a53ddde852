import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { ChangePasswordDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { NewPassword } from '../password/NewPassword';
import { useSession } from '../session/Viewer';
import { useWords } from '../words/Words';

interface Props {
  /** What stands around the button. */
  acts?: string;
  className?: string;
  onChanged(): void;
}

/** Asks for the password and another one. Both are in the fields and nowhere else. */
export function PasswordForm({ acts, className, onChanged }: Props) {
  const words = useWords();
  const { password } = words.account;
  const { viewer } = useSession();
  const { act, busy } = useAct(ChangePasswordDocument);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [fault, setFault] = useState<Fault>();
  const wrongCurrent = fault?.code === 'WRONG_CREDENTIALS' || fault?.field === 'currentPassword';
  const wrongNext = fault?.field === 'newPassword';

  const change = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { currentPassword: current, newPassword: next } });
    setFault(fault);
    if (!data?.changePassword) return;
    setCurrent('');
    setNext('');
    onChanged();
  };
  return (
    <form
      className={className}
      onSubmit={(e) => {
        e.preventDefault();
        void change();
      }}
    >
      <Stack>
        {/* For password managers: whose password it is. */}
        <input type="email" name="username" autoComplete="username" value={viewer.user.email} readOnly hidden />
        <PasswordInput
          label={password.current}
          name="current-password"
          autoComplete="current-password"
          value={current}
          onChange={(e) => setCurrent(e.currentTarget.value)}
          error={wrongCurrent ? password.currentWrong : undefined}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword, tabIndex: 0 }}
        />
        <NewPassword value={next} onChange={setNext} error={wrongNext ? words.fault(fault) : undefined} />
        {fault && !wrongCurrent && !wrongNext && <FaultAlert fault={fault} focus />}
      </Stack>
      <div className={acts}>
        <Button type="submit" loading={busy}>
          {password.change}
        </Button>
      </div>
    </form>
  );
}
