import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import { VerifyCodeDocument } from '../gql/graphql';
import { bareCode } from '../parts/code';
import { FaultAlert } from '../parts/FaultAlert';
import { Icon } from '../parts/Icon';
import { useWords } from '../words/Words';
import type { Challenge, Delivery, Option, Sending } from './challenge';
import { DeliveryNews } from './DeliveryNews';
import { icons, isSent } from './kinds';
import { SentAgo } from './SentAgo';
import { isOver, StartOver } from './StartOver';
import { Trouble } from './Trouble';

interface Props {
  challenge: Challenge;
  option: Option;
  /** When its code was sent, in ms since 1970, if that is known. */
  sentAt: number | undefined;
  /** Whether it is a call that says the code without a key. */
  keyless: boolean;
  /** What became of its code, if that is known, and the way to try next. */
  delivery: Delivery | undefined;
  instead: Option | undefined;
  onInstead(option: Option): void;
  wait: number;
  sending: Sending;
  onVerified(next: Challenge | null): void;
  onOtherWay?: () => void;
  onStartOver(): void;
}

/** Takes the code of the way that was chosen. */
export function Entry({ challenge, option, sentAt, keyless, delivery, instead, onInstead, wait, sending, onVerified, onOtherWay, onStartOver }: Props) {
  const words = useWords();
  const { act, busy } = useAct(VerifyCodeDocument);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<Fault>();
  const backup = option.kind === 'BACKUP_CODE';
  const bare = bareCode(code);
  const { backupHint, callHint, codeHint } = words.secondFactor;
  const hint = backup ? backupHint : option.kind === 'VOICE' && !keyless ? callHint : codeHint;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const verify = async (entered: string) => {
    setFault(undefined);
    const { data, fault } = await act({ input: { challengeId: challenge.id, optionId: option.id, code: entered } });
    setCode('');
    if (data?.verifyCode) return onVerified(data.verifyCode.challenge ?? null);
    setFault(fault);
    if (fault?.code === 'WRONG_CODE') field.current?.focus();
  };
  if (fault && isOver(fault)) return <StartOver fault={fault} onStartOver={onStartOver} />;

  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (bare) void verify(bare);
      }}
    >
      <Stack>
        <div>
          <Group wrap="nowrap" gap="sm" align="flex-start" role="status">
            <Icon name={icons[option.kind]} />
            <div>
              <Text size="sm" fw={600} className="numeric">
                {option.label}
              </Text>
              <SentAgo kind={option.kind} at={sentAt} />
            </div>
          </Group>
          {isSent(option.kind) && (
            <DeliveryNews
              delivery={delivery}
              instead={instead}
              busy={sending.busy}
              onInstead={(other) => {
                // The button goes with what it was about.
                field.current?.focus();
                onInstead(other);
              }}
              onWithoutKey={() => {
                field.current?.focus();
                sending.send(option, true);
              }}
            />
          )}
        </div>
        <TextInput
          label={words.secondFactor.code}
          description={hint}
          value={code}
          onChange={(e) => setCode(e.currentTarget.value)}
          error={fault?.code === 'WRONG_CODE' || fault?.field === 'code' ? words.fault(fault) : undefined}
          autoComplete={backup ? 'off' : 'one-time-code'}
          inputMode={backup ? 'text' : 'numeric'}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={backup ? 40 : 24}
          size="lg"
          classNames={{ input: 'code-input' }}
          data-autofocus
          ref={field}
        />
        {fault && fault.code !== 'WRONG_CODE' && fault.field !== 'code' && <FaultAlert fault={fault} focus />}
        {sending.fault && <FaultAlert fault={sending.fault} onRetry={sending.fault.code === 'THROTTLED' ? sending.again : undefined} />}
        <Button type="submit" loading={busy} disabled={bare.length < (backup ? 15 : 6)}>
          {words.secondFactor.verify}
        </Button>
        <Group justify="space-between" gap="xs">
          {isSent(option.kind) &&
            (wait > 0 ? (
              <Text size="sm" c="dimmed" className="numeric">
                {words.secondFactor.resendIn(wait)}
              </Text>
            ) : (
              <Anchor component="button" type="button" size="sm" onClick={() => sending.send(option)}>
                {words.secondFactor.resend}
              </Anchor>
            ))}
          {onOtherWay && (
            <Anchor component="button" type="button" size="sm" onClick={onOtherWay}>
              {words.secondFactor.otherWay}
            </Anchor>
          )}
        </Group>
        <Trouble challenge={challenge} option={option} />
      </Stack>
    </form>
  );
}
