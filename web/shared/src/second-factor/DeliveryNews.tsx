import { Button, Stack } from '@mantine/core';
import { StatusMark, type Tone } from '../parts/StatusMark';
import { useWords } from '../words/Words';
import type { Delivery, Option } from './challenge';
import classes from './DeliveryNews.module.css';
import { useOfferWords } from './useOfferWords';

const tones: Record<Delivery['state'], Tone> = { ON_ITS_WAY: 'busy', ARRIVED: 'good', NOT_ARRIVED: 'bad' };

interface Props {
  /** What became of the code, if that is known. */
  delivery: Delivery | undefined;
  /** The way to try next, if there is one. */
  instead: Option | undefined;
  /** A code is being asked for. */
  busy: boolean;
  onInstead(option: Option): void;
  onWithoutKey(): void;
}

/** Says aloud what became of a code, and has what to do about it beside it. */
export function DeliveryNews({ delivery, instead, busy, onInstead, onWithoutKey }: Props) {
  const words = useWords().secondFactor;
  const label = useOfferWords();
  return (
    <>
      <div aria-live="polite" className={classes.news}>
        {delivery && <StatusMark tone={tones[delivery.state]}>{delivery.explanation}</StatusMark>}
      </div>
      {(instead || delivery?.withoutKey) && (
        <Stack gap="xs" mt="xs">
          {instead && (
            <Button variant="default" className={classes.offer} disabled={busy} onClick={() => onInstead(instead)}>
              {label(instead)}
            </Button>
          )}
          {delivery?.withoutKey && (
            <Button variant="default" className={classes.offer} disabled={busy} onClick={onWithoutKey}>
              {words.withoutKey}
            </Button>
          )}
        </Stack>
      )}
    </>
  );
}
