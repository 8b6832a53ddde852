import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../words/Words';
import { reloadOnce } from './reloadOnce';
import { takeFocus } from './takeFocus';

/** How often the server is tried while it does not answer. */
const EVERY_MS = 3_000;

/**
 * Stands in the place of a page that did not load: says why, and loads it by itself as soon as it can. Nothing was
 * typed into a page that is not there.
 */
export function LoadAgain() {
  const words = useWords().notLoaded;
  const [why, setWhy] = useState<'offline' | 'newer' | 'missing'>(navigator.onLine ? 'newer' : 'offline');
  useEffect(() => {
    let stopped = false;
    const tryIt = async (): Promise<void> => {
      if (!(await answers())) return setWhy('offline');
      if (stopped) return;
      if (!reloadOnce()) setWhy('missing');
    };
    void tryIt();
    const online = () => void tryIt();
    const timer = setInterval(online, EVERY_MS);
    addEventListener('online', online);
    return () => {
      stopped = true;
      clearInterval(timer);
      removeEventListener('online', online);
    };
  }, []);
  return (
    <Stack gap="xs" align="flex-start" role="alert">
      <Title order={1} size="h3" tabIndex={-1} ref={takeFocus}>
        {words.title[why]}
      </Title>
      <Text c="dimmed">{words.lead[why]}</Text>
      <Button onClick={() => location.reload()}>{words.now}</Button>
    </Stack>
  );
}

/** Whether the server can be reached at all. */
const answers = (): Promise<boolean> =>
  fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(EVERY_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
