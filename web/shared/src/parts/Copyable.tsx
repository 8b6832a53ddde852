import { CopyButton, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useWords } from '../words/Words';
import classes from './Copyable.module.css';
import { Icon } from './Icon';

/** Something that is copied at a click: an id, a number. Never a secret. */
export function Copyable({ value, label, children }: { value: string; label: string; children?: React.ReactNode }) {
  const words = useWords();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? words.copied : words.copy}>
          <UnstyledButton className={classes.copyable} onClick={copy}>
            <span>{children ?? value}</span>
            <VisuallyHidden component="span">
              {words.copy}: {label}
            </VisuallyHidden>
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
