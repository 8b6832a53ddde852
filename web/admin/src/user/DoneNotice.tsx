import { Icon } from '@factordesk/shared';
import { useEffect, useRef } from 'react';
import classes from './DeviceCard.module.css';

/** Says what was done, and takes the focus from the act that is gone. */
export function DoneNotice({ children }: { children: React.ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} className={classes.notice} role="status" tabIndex={-1}>
      <Icon name="check" />
      <div className={classes.done}>{children}</div>
    </div>
  );
}
