import { Icon, type IconName } from '../parts/Icon';
import classes from './Row.module.css';

interface Props {
  icon: IconName;
  title: React.ReactNode;
  detail?: React.ReactNode;
  /** A state, or an act. */
  mark?: React.ReactNode;
  /** Whether a touch leads on. */
  leads?: boolean;
}

/** One thing in a list: what it is, how it stands, and whether a touch leads on. */
export function Row({ icon, title, detail, mark, leads = false }: Props) {
  return (
    <span className={classes.row}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {detail && <span className={classes.detail}>{detail}</span>}
        {mark && <span>{mark}</span>}
      </span>
      {leads && <Icon name="chevronRight" />}
    </span>
  );
}
