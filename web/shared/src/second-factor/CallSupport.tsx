import { Anchor, Text } from '@mantine/core';
import { formatPhone } from '../parts/phone';
import { useWords } from '../words/Words';

/** Whom to call when nothing else helps. */
export function CallSupport({ number }: { number: string | null | undefined }) {
  const words = useWords().secondFactor;
  return (
    <Text size="sm">
      {words.callBank}
      {number && (
        <>
          {' '}
          <Anchor href={`tel:${number}`} underline="always" className="numeric">
            {formatPhone(number)}
          </Anchor>
        </>
      )}
    </Text>
  );
}
