import { Anchor, Text } from '@mantine/core';
import { useWords } from '../words/Words';
import type { Challenge } from './challenge';

/** Whom to call when nothing else helps. */
export function CallSupport({ supportPhone: number, supportPhoneFormatted: formatted }: Pick<Challenge, 'supportPhone' | 'supportPhoneFormatted'>) {
  const words = useWords().secondFactor;
  return (
    <Text size="sm">
      {words.callBank}
      {number && (
        <>
          {' '}
          <Anchor href={`tel:${number}`} underline="always" className="numeric">
            {formatted}
          </Anchor>
        </>
      )}
    </Text>
  );
}
