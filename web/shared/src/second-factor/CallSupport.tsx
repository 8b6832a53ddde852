import { Anchor, Text } from '@mantine/core';
import { formatPhone } from '../text/phone';
import { useText } from '../text/Text';

/** Whom to call when nothing else helps. */
export function CallSupport({ number }: { number: string | null | undefined }) {
  const text = useText().secondFactor;
  return (
    <Text size="sm">
      {text.callBank}
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
