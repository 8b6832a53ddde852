import { Icon, StatusMark, When } from '@factordesk/shared';
import { Text, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { CodeDetails } from './CodeDetails';
import classes from './Codes.module.css';
import type { Row } from './rows';
import { channels, outcomeOf, purposes, whatOf } from './words';

/** A code in a line, which unfolds to all that is known of it. */
export function CodeLine({ row }: { row: Row }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { tone, icon, words } = outcomeOf(row);
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <UnstyledButton className={classes.what} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <span className={classes.turn} data-open={open}>
            <Icon name="chevronRight" size={16} />
          </span>
          <Icon name={channels[row.channel].icon} size={16} />
          <span className="numeric">{whatOf(row)}</span>
        </UnstyledButton>
        <span className={classes.status}>
          <StatusMark tone={tone} icon={icon}>
            {words}
          </StatusMark>
        </span>
        <Text size="sm" c="dimmed" className={classes.why}>
          {row.purpose !== 'TEST' && `For ${purposes[row.purpose]}. `}
          {row.error?.title}
        </Text>
        <Text size="sm" component="div" className={classes.when}>
          <When at={row.requestedAt} />
        </Text>
      </div>
      <div id={id} hidden={!open} className={classes.details}>
        {open && <CodeDetails row={row} />}
      </div>
    </li>
  );
}
