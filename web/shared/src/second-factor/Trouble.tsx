import { Stack, Text } from '@mantine/core';
import { useText } from '../text/Text';
import { CallSupport } from './CallSupport';
import type { Challenge, Option } from './challenge';
import { isSent } from './kinds';
import { Unavailable } from './Unavailable';

/** What to do when no code comes, or none is taken. */
export function Trouble({ challenge, option }: { challenge: Challenge; option: Option }) {
  const text = useText().secondFactor;
  return (
    <details className="trouble">
      <summary>{isSent(option.kind) ? text.noCodeTitle : text.refusedTitle}</summary>
      <Stack gap="sm" mt="xs">
        <Text size="sm">{text.trouble[option.kind]}</Text>
        <Unavailable ways={challenge.unavailable} />
        <CallSupport number={challenge.supportPhone} />
      </Stack>
    </details>
  );
}
