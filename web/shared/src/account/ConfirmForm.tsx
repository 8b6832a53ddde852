import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { ConfirmDeviceDocument } from '../gql/graphql';
import { bareCode } from '../parts/code';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';

interface Props {
  deviceId: string;
  label: string;
  onConfirmed(): void;
  /** The device waits for no code any more. */
  onStartOver(): void;
  children?: React.ReactNode;
}

/** Takes the first code of a new device. */
export function ConfirmForm({ deviceId, label, onConfirmed, onStartOver, children }: Props) {
  const words = useWords();
  const { act, busy } = useAct(ConfirmDeviceDocument);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<Fault>();
  const field = useRef<HTMLInputElement>(null);
  const digits = bareCode(code);
  const wrong = fault && (fault.code === 'WRONG_CODE' || fault.field === 'code');
  const over = fault && ['EXPIRED', 'NOT_FOUND', 'LOCKED'].includes(fault.code);

  const confirm = async () => {
    setFault(undefined);
    const { data, fault } = await act({ input: { deviceId, code: digits } });
    setCode('');
    if (data?.confirmDevice) return onConfirmed();
    setFault(fault);
    if (fault?.code === 'WRONG_CODE') field.current?.focus();
  };
  return (
    <form
      className={`${accountClasses.panel} ${accountClasses.padded}`}
      onSubmit={(e) => {
        e.preventDefault();
        void confirm();
      }}
    >
      <TextInput
        label={label}
        description={words.secondFactor.codeHint}
        value={code}
        onChange={(e) => setCode(e.currentTarget.value)}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={24}
        ref={field}
        classNames={{ input: 'code-input' }}
        error={wrong ? words.fault(fault) : undefined}
      />
      {fault && !wrong && <FaultAlert fault={fault} focus />}
      <div className={accountClasses.acts}>
        {over ? (
          <Button onClick={onStartOver}>{words.secondFactor.startOver}</Button>
        ) : (
          <Button type="submit" loading={busy} disabled={digits.length < 6}>
            {words.account.devices.confirm}
          </Button>
        )}
        {children}
      </div>
    </form>
  );
}
