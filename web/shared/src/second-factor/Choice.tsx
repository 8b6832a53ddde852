import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FaultAlert } from '../parts/FaultAlert';
import { Icon } from '../parts/Icon';
import { takeFocus } from '../parts/takeFocus';
import { useWords } from '../words/Words';
import { CallSupport } from './CallSupport';
import type { Challenge, Option, Sending } from './challenge';
import { icons } from './kinds';
import { Unavailable } from './Unavailable';
import { useOfferWords } from './useOfferWords';

interface Props {
  challenge: Challenge;
  left(option: Option): number;
  sending: Sending;
  /** The way to try next, where a code could not be sent. */
  instead: Option | undefined;
  onChoose(option: Option): void;
  onStartOver(): void;
}

/** The ways to meet a challenge, the preferred first, and below them why others can't be used. */
export function Choice({ challenge, left, sending, instead, onChoose, onStartOver }: Props) {
  const { options, unavailable } = challenge;
  const words = useWords().secondFactor;
  const label = useOfferWords();
  const [id, setId] = useState(options[0]?.id ?? '');
  const option = options.find((o) => o.id === id) ?? options[0];
  if (!option) return <NoWay challenge={challenge} onStartOver={onStartOver} />;
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        onChoose(option);
      }}
    >
      <Stack>
        <Radio.Group name="option" value={option.id} onChange={setId} label={words.chooseTitle}>
          <Stack gap="xs" mt="xs">
            {options.map((o) => (
              <Radio.Card key={o.id} value={o.id} p="sm">
                <Group wrap="nowrap" gap="sm">
                  <Radio.Indicator />
                  <Icon name={icons[o.kind]} />
                  <Text size="sm" fw={600} className="numeric">
                    {o.label}
                  </Text>
                </Group>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        {sending.fault && <FaultAlert fault={sending.fault} focus />}
        {sending.fault && instead && (
          <Button variant="default" disabled={sending.busy} onClick={() => onChoose(instead)}>
            {label(instead)}
          </Button>
        )}
        <Button type="submit" loading={sending.busy} data-autofocus ref={takeFocus}>
          {left(option) > 0 ? words.verify : words.send[option.kind]}
        </Button>
        <Unavailable ways={unavailable} />
      </Stack>
    </form>
  );
}

/** Every way is closed: says so, why, and what is left to do. */
function NoWay({ challenge, onStartOver }: { challenge: Challenge; onStartOver(): void }) {
  const words = useWords().secondFactor;
  return (
    <Stack>
      <Alert role="alert" color="yellow" variant="light" icon={<Icon name="alert" />} title={words.noWayTitle}>
        <CallSupport {...challenge} />
      </Alert>
      <Unavailable ways={challenge.unavailable} />
      <Button onClick={onStartOver} data-autofocus ref={takeFocus}>
        {words.startOver}
      </Button>
    </Stack>
  );
}
