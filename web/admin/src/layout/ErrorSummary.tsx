import { Icon } from '@factordesk/shared';
import { Alert, Anchor } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** What is wrong with a form, by the id of the field. */
type Wrong = Partial<Record<string, string>>;

interface Props {
  /** The same object until something else is wrong: what is found takes the focus, and typing keeps it. */
  wrong: Wrong;
  /** What the fields are called, where their messages don't say it. */
  labels?: Partial<Record<string, string>>;
}

/** Lists what is wrong, each with a way to its field. */
export function ErrorSummary({ wrong, labels = {} }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const all = Object.entries(wrong).filter(([, message]) => message);
  const seen = useRef(0);
  useEffect(() => {
    // It takes the focus when something is found, not when something is mended.
    if (all.length >= seen.current) ref.current?.focus();
    seen.current = all.length;
  }, [all.length, wrong]);
  if (all.length === 0) return null;
  return (
    <Alert ref={ref} tabIndex={-1} role="alert" color="red" variant="light" icon={<Icon name="alert" />} title="There is something to mend">
      {all.map(([field, message]) => (
        <div key={field}>
          <Anchor component="button" type="button" size="sm" c="inherit" ta="left" underline="always" onClick={() => document.getElementById(field)?.focus()}>
            {labels[field] && `${labels[field]}: `}
            {message}
          </Anchor>
        </div>
      ))}
    </Alert>
  );
}
