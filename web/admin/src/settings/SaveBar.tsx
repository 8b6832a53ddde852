import { Icon } from '@factordesk/shared';
import { Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Field } from './fields';
import classes from './Settings.module.css';
import { labels } from './words';

interface Props {
  /** What is not saved yet. */
  fields: Field[];
  /** What was just saved. */
  saved?: Field[];
  busy: boolean;
  onDiscard(): void;
}

const names = (fields: Field[]) => fields.map((field) => labels[field]).join(', ');

/** Stands below whatever is in view while something is unsaved, and says what was saved. */
export function SaveBar({ fields, saved, busy, onDiscard }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (saved) ref.current?.focus();
  }, [saved]);
  if (fields.length === 0 && !saved) return null;
  return (
    <div ref={ref} tabIndex={-1} className={classes.bar} data-saved={fields.length === 0 || undefined}>
      <div role="status" className={classes.unsaved}>
        {fields.length > 0 ? (
          <>
            <Text size="sm" fw={600} className="numeric">
              {fields.length === 1 ? '1 unsaved change' : `${fields.length} unsaved changes`}
            </Text>
            <Text size="sm" c="dimmed" lineClamp={2}>
              {names(fields)}
            </Text>
          </>
        ) : (
          <Text size="sm" className={classes.savedWords}>
            <Icon name="check" /> <strong>Saved.</strong> It holds from now on: {names(saved ?? [])}
          </Text>
        )}
      </div>
      {fields.length > 0 && (
        <div className={classes.acts}>
          <Button variant="default" onClick={onDiscard} disabled={busy}>
            Discard
          </Button>
          <Button type="submit" loading={busy}>
            Save changes
          </Button>
        </div>
      )}
    </div>
  );
}
