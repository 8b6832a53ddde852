import { Anchor, Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/useAct';
import type { Fault } from '../api/fault';
import {
  SendCodeDocument,
  VerifyCodeDocument,
  type ChallengeOptionKind,
  type ChallengePartsFragment,
} from '../gql/graphql';
import { FaultNotice } from '../parts/FaultNotice';
import { Icon, type IconName } from '../parts/Icon';
import { useCountdown } from '../parts/useCountdown';
import { useText } from '../text/Text';

export type Challenge = ChallengePartsFragment;
type Option = Challenge['options'][number];

const icons: Record<ChallengeOptionKind, IconName> = {
  SMS: 'text',
  VOICE: 'call',
  EMAIL: 'mail',
  AUTHENTICATOR_APP: 'device',
  BACKUP_CODE: 'key',
};
const isSent = (kind: ChallengeOptionKind) => kind === 'SMS' || kind === 'VOICE' || kind === 'EMAIL';

interface Props {
  challenge: Challenge;
  /** The code was right. `next` is one more step that is asked for. */
  onVerified(next: Challenge | null): void;
  /** The challenge is of no more use. */
  onStartOver(): void;
}

/** Meets a challenge: choose a way, ask for a code, enter it. The code lives in the field and nowhere else. */
export function SecondFactor({ challenge, onVerified, onStartOver }: Props) {
  const [chosen, setChosen] = useState<Option | null>(null);
  const [wait, startWait] = useCountdown();
  const [waitFor, setWaitFor] = useState('');
  const sending = useSend(challenge, (option, seconds) => {
    setWaitFor(option.id);
    startWait(seconds);
    setChosen(option);
  });
  const over = sending.fault && isOver(sending.fault);
  const left = (option: Option) => (waitFor === option.id ? wait : 0);

  if (over) return <StartOver fault={sending.fault as Fault} onStartOver={onStartOver} />;
  if (chosen)
    return (
      <Entry
        key={chosen.id}
        challenge={challenge}
        option={chosen}
        wait={left(chosen)}
        sending={sending}
        onVerified={onVerified}
        onOtherWay={challenge.options.length > 1 ? () => setChosen(null) : undefined}
        onStartOver={onStartOver}
      />
    );
  return (
    <Choice
      options={challenge.options}
      left={left}
      sending={sending}
      onChoose={(option) => (isSent(option.kind) && left(option) === 0 ? sending.send(option) : setChosen(option))}
    />
  );
}

interface Sending {
  send(option: Option): void;
  busy: boolean;
  fault: Fault | undefined;
}

function useSend(challenge: Challenge, onSent: (option: Option, retryAfterSeconds: number) => void): Sending {
  const { act, busy } = useAct(SendCodeDocument);
  const [fault, setFault] = useState<Fault>();
  const send = async (option: Option) => {
    setFault(undefined);
    const { data, fault } = await act({ input: { challengeId: challenge.id, optionId: option.id } });
    if (data?.sendCode) onSent(option, data.sendCode.retryAfterSeconds);
    else setFault(fault);
  };
  return { send: (option) => void send(option), busy, fault };
}

/** The challenge can't be met any more: what is left is to start again. */
const isOver = (fault: Fault) => fault.code === 'EXPIRED' || fault.code === 'NOT_FOUND' || fault.code === 'LOCKED';

function StartOver({ fault, onStartOver }: { fault: Fault; onStartOver(): void }) {
  const text = useText().secondFactor;
  return (
    <Stack>
      <FaultNotice fault={fault} focus />
      <Button onClick={onStartOver}>{text.startOver}</Button>
    </Stack>
  );
}

interface ChoiceProps {
  options: Option[];
  left(option: Option): number;
  sending: Sending;
  onChoose(option: Option): void;
}

function Choice({ options, left, sending, onChoose }: ChoiceProps) {
  const text = useText().secondFactor;
  const [id, setId] = useState(options[0]?.id ?? '');
  const option = options.find((o) => o.id === id) ?? options[0];
  if (!option) return null;
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        onChoose(option);
      }}
    >
      <Stack>
        <Radio.Group name="option" value={option.id} onChange={setId} label={text.chooseTitle}>
          <Stack gap="xs" mt="xs">
            {options.map((o) => (
              <Radio.Card key={o.id} value={o.id} p="sm" className="option">
                <Group wrap="nowrap" gap="sm">
                  <Radio.Indicator />
                  <Icon name={icons[o.kind]} />
                  <div>
                    <Text size="sm" fw={600}>
                      {text.kind[o.kind]}
                    </Text>
                    <Text size="sm" c="dimmed" className="numeric">
                      {o.label}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        {sending.fault && <FaultNotice fault={sending.fault} focus />}
        <Button type="submit" loading={sending.busy} data-autofocus autoFocus>
          {left(option) > 0 ? text.verify : text.send[option.kind]}
        </Button>
      </Stack>
    </form>
  );
}

interface EntryProps extends Props {
  option: Option;
  wait: number;
  sending: Sending;
  onOtherWay?: () => void;
}

function Entry({ challenge, option, wait, sending, onVerified, onOtherWay, onStartOver }: EntryProps) {
  const words = useText();
  const text = words.secondFactor;
  const { act, busy } = useAct(VerifyCodeDocument);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<Fault>();
  const backup = option.kind === 'BACKUP_CODE';
  const long = code.replace(/[\s-]/g, '').length;

  const verify = async (entered: string) => {
    setFault(undefined);
    const { data, fault } = await act({ input: { challengeId: challenge.id, optionId: option.id, code: entered } });
    setCode('');
    if (data?.verifyCode) onVerified(data.verifyCode.challenge ?? null);
    else setFault(fault);
  };
  if (fault && isOver(fault)) return <StartOver fault={fault} onStartOver={onStartOver} />;

  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (long > 0) void verify(code);
      }}
    >
      <Stack>
        <Text size="sm" role="status">
          {text.sent[option.kind](option.label)}
        </Text>
        <TextInput
          label={text.code}
          description={backup ? text.backupHint : text.codeHint}
          value={code}
          onChange={(e) => setCode(e.currentTarget.value)}
          error={fault?.code === 'WRONG_CODE' || fault?.field === 'code' ? words.fault(fault) : undefined}
          autoComplete={backup ? 'off' : 'one-time-code'}
          inputMode={backup ? 'text' : 'numeric'}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={backup ? 30 : 12}
          size="lg"
          classNames={{ input: 'code-input' }}
          autoFocus
          data-autofocus
        />
        {fault && fault.code !== 'WRONG_CODE' && fault.field !== 'code' && <FaultNotice fault={fault} focus />}
        {sending.fault && <FaultNotice fault={sending.fault} />}
        <Button type="submit" loading={busy} disabled={backup ? long < 15 : long < 6}>
          {text.verify}
        </Button>
        <Group justify="space-between" gap="xs">
          {isSent(option.kind) &&
            (wait > 0 ? (
              <Text size="sm" c="dimmed" className="numeric">
                {text.resendIn(wait)}
              </Text>
            ) : (
              <Anchor component="button" type="button" size="sm" onClick={() => sending.send(option)}>
                {text.resend}
              </Anchor>
            ))}
          {onOtherWay && (
            <Anchor component="button" type="button" size="sm" onClick={onOtherWay}>
              {text.otherWay}
            </Anchor>
          )}
        </Group>
      </Stack>
    </form>
  );
}
