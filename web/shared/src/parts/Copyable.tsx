import { CopyButton, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useText } from '../text/Text';
import { Icon } from './Icon';

/** Something that is copied at a click: an id, a number. Never a secret. */
export function Copyable({ value, label, children }: { value: string; label: string; children?: React.ReactNode }) {
  const text = useText();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? text.copied : text.copy}>
          <UnstyledButton className="copyable" onClick={copy}>
            <span>{children ?? value}</span>
            <VisuallyHidden component="span">
              {text.copy}: {label}
            </VisuallyHidden>
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
