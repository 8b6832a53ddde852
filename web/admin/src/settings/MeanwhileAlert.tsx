import { Icon } from '@factordesk/shared';
import { Alert, Anchor, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useHolds } from '../session/useHolds';
import type { Draft, Field } from './fields';
import classes from './Settings.module.css';
import { told } from './settings';
import type { Meanwhile } from './useSettings';
import { labels } from './words';

interface Props {
  meanwhile: Meanwhile;
  /** What is still to be saved. */
  fields: Field[];
  draft: Draft;
  /** Takes over what the other set. */
  onTake(part: Partial<Draft>): void;
}

/** Says that someone else saved first, what they changed, and what is left to do. */
export function MeanwhileAlert({ meanwhile: { taken, contested, theirs }, fields, draft, onTake }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const mayRead = useHolds('VIEW_AUDIT_LOG');
  const open = contested.filter((field) => fields.includes(field));
  return (
    <Alert ref={ref} tabIndex={-1} role="alert" color="yellow" variant="light" icon={<Icon name="users" />} title="Someone else saved the settings first">
      <Text size="sm">
        Nothing of yours was saved, and nothing that you entered is lost.{' '}
        {taken.length > 0 && <>Their changes are in the form now: {taken.map((field) => `${labels[field]} (${told(theirs, field)})`).join('; ')}. </>}
        {fields.length === 0 ? 'The settings are already as you want them.' : 'Look at it once more, then save again.'}
      </Text>
      {open.length > 0 && (
        <ul className={classes.contested} aria-label="Changed by both of you">
          {open.map((field) => (
            <li key={field}>
              <Text size="sm">
                <strong>{labels[field]}</strong>: they set {told(theirs, field)}; you entered {told(draft, field)}, which goes over theirs.
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Keep theirs: ${labels[field]}`}
                onClick={() => onTake({ [field]: theirs[field] })}
              >
                Keep theirs
              </Button>
            </li>
          ))}
        </ul>
      )}
      {mayRead && (
        <Text size="sm" mt={4}>
          <Anchor underline="always" c="inherit" renderRoot={(props) => <Link to="/audit" search={{ action: 'UPDATE_SETTINGS' }} target="_blank" {...props} />}>
            See who it was in the audit log
          </Anchor>{' '}
          (opens another tab)
        </Text>
      )}
    </Alert>
  );
}
