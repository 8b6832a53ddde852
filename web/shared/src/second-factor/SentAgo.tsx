import { Text } from '@mantine/core';
import { serverNow } from '../api/serverClock';
import { useNow } from '../parts/useNow';
import { useWords } from '../words/Words';
import type { Option } from './challenge';

/** Says how a code was sent, and how long ago; not aloud, for it counts on. */
export function SentAgo({ kind, at }: { kind: Option['kind']; at: number | undefined }) {
  const words = useWords().secondFactor;
  useNow(1000);
  const seconds = at === undefined ? 0 : Math.floor((serverNow() - at) / 1000);
  const sent = seconds < 5 ? undefined : words.sentAgo[kind as keyof typeof words.sentAgo];
  return (
    <Text size="sm" aria-live="off" className="numeric">
      {sent ? sent(seconds) : words.sent[kind]}
    </Text>
  );
}
