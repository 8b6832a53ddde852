import { Icon, type IconName } from './Icon';
import classes from './StatusMark.module.css';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'neutral';

const shapes: Record<Tone, IconName> = { good: 'check', bad: 'cross', warn: 'alert', busy: 'clock', neutral: 'dash' };

/** A status in colour, shape and words. */
export function StatusMark({ tone, children, icon }: { tone: Tone; children: React.ReactNode; icon?: IconName }) {
  return (
    <span className={classes.status} data-tone={tone}>
      <Icon name={icon ?? shapes[tone]} size={14} />
      {children}
    </span>
  );
}
