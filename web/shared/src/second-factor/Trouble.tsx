import { Stack, Text } from '@mantine/core';
import { useWords } from '../words/Words';
import { CallSupport } from './CallSupport';
import type { Challenge, Option } from './challenge';
import { isSent } from './kinds';
import { Unavailable } from './Unavailable';

/** What to do when no code comes, or none is taken. */
export function Trouble({ challenge, option }: { challenge: Challenge; option: Option }) {
  const words = useWords().secondFactor;
  return (
    <details className="trouble">
      <summary>{isSent(option.kind) ? words.noCodeTitle : words.refusedTitle}</summary>
      <Stack gap="sm" mt="xs">
        <Text size="sm">{words.trouble[option.kind]}</Text>
        <Unavailable ways={challenge.unavailable} />
        <CallSupport number={challenge.supportPhone} />
      </Stack>
    </details>
  );
}
