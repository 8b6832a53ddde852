import { Alert, Button, Group, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Fault } from '../api/fault';
import { useWords } from '../words/Words';
import { Icon } from './Icon';
import { reloadOnce } from './reloadOnce';
import { useCountdown } from './useCountdown';

/** How often what had no answer is asked for again. */
const AGAIN_MS = 5_000;

interface Props {
  fault: Fault;
  /** Offered as a button, and only once the server would take it; done by itself where there was no answer. */
  onRetry?: () => void;
  /** Takes the focus when it appears, as an act's answer should. */
  focus?: boolean;
}

/** Says what went wrong, in the server's words, and when or how to go on. */
export function FaultAlert({ fault, onRetry, focus = false }: Props) {
  const words = useWords();
  const [left, start] = useCountdown();
  const ref = useRef<HTMLDivElement>(null);
  const wait = fault.retryAfterSeconds ?? 0;

  useEffect(() => start(wait), [fault, wait, start]);
  useEffect(() => {
    if (focus) ref.current?.focus();
  }, [fault, focus]);

  const unanswered = fault.code === 'OFFLINE' || fault.code === 'UNREACHABLE';
  const again = useEffectEvent(() => onRetry?.());
  useEffect(() => {
    if (!unanswered) return;
    const timer = setInterval(() => navigator.onLine && again(), AGAIN_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [unanswered]);

  const newer = fault.code === 'NEWER';
  // Where something was only read nothing was typed that would be lost.
  const reads = newer && Boolean(onRetry);
  useEffect(() => {
    if (reads) reloadOnce();
  }, [reads]);

  const waits = fault.code === 'THROTTLED' || fault.code === 'UNAVAILABLE';
  const titles: Record<string, string> = words.faultTitle;
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      role="alert"
      color={waits || unanswered || newer ? 'yellow' : 'red'}
      variant="light"
      icon={<Icon name={waits ? 'clock' : 'alert'} />}
      title={titles[fault.code] ?? words.faultTitle.other}
    >
      <Text size="sm">{words.fault(fault)}</Text>
      {newer && (
        <Button mt="xs" size="xs" variant="default" onClick={() => location.reload()}>
          {words.notLoaded.now}
        </Button>
      )}
      {!newer && (onRetry || left > 0) && (
        <Group mt="xs" gap="sm">
          {onRetry ? (
            <Button size="xs" variant="default" onClick={onRetry} disabled={left > 0}>
              {left > 0 ? words.retryIn(left) : words.retry}
            </Button>
          ) : (
            <Text size="sm" className="numeric">
              {words.retryIn(left)}
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
}
