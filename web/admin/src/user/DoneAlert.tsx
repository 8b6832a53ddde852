import { Icon, takeFocus } from '@factordesk/shared';
import classes from './DeviceCard.module.css';

/** Says what was done, and takes the focus from the act that is gone. */
export function DoneAlert({ children }: { children: React.ReactNode }) {
  return (
    <div ref={takeFocus} className={classes.alert} role="status" tabIndex={-1}>
      <Icon name="check" />
      <div className={classes.done}>{children}</div>
    </div>
  );
}
