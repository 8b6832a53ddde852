import { Anchor, Text } from '@mantine/core';
import { useWords } from '../words/Words';

/** Whom to call, on a page where one may get stuck. Nothing where there is no number. */
export function CallHelp({ bank }: { bank: { supportPhone: string | null; supportPhoneFormatted: string | null } | null | undefined }) {
  const words = useWords().signIn;
  if (!bank?.supportPhone) return null;
  return (
    <Text size="sm">
      {words.help}{' '}
      <Anchor href={`tel:${bank.supportPhone}`} underline="always" className="numeric">
        {bank.supportPhoneFormatted}
      </Anchor>
    </Text>
  );
}
