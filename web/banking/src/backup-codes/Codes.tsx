import { Button, CopyButton, Text } from '@mantine/core';
import { Page, useText } from '@factordesk/shared';
import { useWords } from '../words/Words';

/** Codes that are shown this once, to be written down, printed or copied to where only their owner looks. */
export function Codes({ codes, onDone }: { codes: string[]; onDone(): void }) {
  const words = useWords().backupCodes;
  const text = useText();
  return (
    <Page key="codes" title={words.shownTitle} lead={words.shownLead} windowTitle={words.title}>
      <ol className="plain-list panel section-body padded mono codes" aria-label={words.shownTitle}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="acts no-print">
        <Button variant="default" onClick={() => print()}>
          {words.print}
        </Button>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? text.copied : text.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{words.kept}</Button>
      </div>
      <Text size="sm" c="dimmed">
        {words.shownOnce}
      </Text>
    </Page>
  );
}
