import { Page } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Button, CopyButton, Text } from '@mantine/core';
import { useWords } from '../words/Words';
import classes from './Codes.module.css';

/** Codes that are shown this once, to be written down, printed or copied to where only their owner looks. */
export function Codes({ codes, onDone }: { codes: string[]; onDone(): void }) {
  const { backupCodes, shared } = useWords();
  return (
    <Page key="codes" title={backupCodes.shownTitle} lead={backupCodes.shownLead} windowTitle={backupCodes.title}>
      <ol className={`plain-list mono ${accountClasses.panel} ${accountClasses.padded} ${classes.codes}`} aria-label={backupCodes.shownTitle}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={`no-print ${accountClasses.acts}`}>
        <Button variant="default" onClick={() => print()}>
          {backupCodes.print}
        </Button>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? shared.copied : shared.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{backupCodes.kept}</Button>
      </div>
      <Text size="sm" c="dimmed">
        {backupCodes.shownOnce}
      </Text>
    </Page>
  );
}
