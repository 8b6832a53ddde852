import { Stack, Text } from '@mantine/core';
import { More } from '../parts/More';
import { useWords } from '../words/Words';
import { CallSupport } from './CallSupport';
import type { Challenge, Option } from './challenge';
import { isSent } from './kinds';
import { Unavailable } from './Unavailable';

/** What to do when no code comes, or none is taken. */
export function Trouble({ challenge, option }: { challenge: Challenge; option: Option }) {
  const words = useWords().secondFactor;
  return (
    <More summary={isSent(option.kind) ? words.noCodeTitle : words.refusedTitle}>
      <Stack gap="sm" mt="xs">
        <Text size="sm">{words.trouble[option.kind]}</Text>
        <Unavailable ways={challenge.unavailable} />
        <CallSupport {...challenge} />
      </Stack>
    </More>
  );
}
