import { Anchor, Text } from '@mantine/core';
import { formatPhone } from '../parts/phone';
import { useWords } from '../words/Words';

/** Whom to call, on a page where one may get stuck. Nothing where there is no number. */
export function CallHelp({ number }: { number: string | null | undefined }) {
  const words = useWords().signIn;
  if (!number) return null;
  return (
    <Text size="sm">
      {words.help}{' '}
      <Anchor href={`tel:${number}`} underline="always" className="numeric">
        {formatPhone(number)}
      </Anchor>
    </Text>
  );
}
